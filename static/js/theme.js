/**
 * Light or dark, and how much contrast: the link's word, else the hand's choice, else the system's. Runs before the first
 * paint, so that a dark page never flashes light; no module, because modules wait for the parser.
 */
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const contrast = matchMedia("(prefers-contrast: more)");
  const linked = new URLSearchParams(location.search).get("theme");
  const known = ["system", "light", "dark", "contrast"];
  const apply = () => {
    const choice = root.dataset.choice ?? "system";
    const plain = choice === "light" || choice === "dark";
    root.dataset.theme = plain ? choice : dark.matches ? "dark" : "light";
    root.dataset.contrast = choice === "contrast" || contrast.matches ? "more" : "normal";
  };
  const chosen = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // Some browsers forbid storage to pages in a frame of another site.
    }
  };
  root.dataset.choice = [linked, chosen()].find((name) => name && known.includes(name)) ?? "system";
  apply();
  for (const query of [dark, contrast]) query.addEventListener("change", apply);
  new MutationObserver(apply).observe(root, { attributeFilter: ["data-choice"] });
})();
