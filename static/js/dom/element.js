/** An element of the page's template by its id. @param {string} id */
export const element = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @param {string} id */
export const dialog = (id) => /** @type {HTMLDialogElement} */ (document.getElementById(id));

/**
 * Tells that a dialog has been closed. The browser says so a moment late, and what has been opened again by then is not closed.
 * @param {HTMLDialogElement} sheet @param {() => void} then
 */
export function whenClosed(sheet, then) {
  sheet.addEventListener("close", () => {
    if (!sheet.open) then();
  });
}
