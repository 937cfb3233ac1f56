/** Files that are let go over the page, wherever that is: the browser would leave the page for them. */

/** @param {(file: File) => void} dropped */
export function listenToDrops(dropped) {
  const root = document.documentElement;
  const carriesFile = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files") ?? false;
  document.addEventListener("dragover", (event) => {
    if (!carriesFile(event)) return;
    event.preventDefault();
    root.toggleAttribute("data-dropping", true);
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget === null && root.toggleAttribute("data-dropping", false));
  document.addEventListener("drop", (event) => {
    if (!carriesFile(event)) return;
    event.preventDefault();
    root.toggleAttribute("data-dropping", false);
    const [file] = event.dataTransfer?.files ?? [];
    if (file) dropped(file);
  });
}
