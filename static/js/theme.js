/**
 * Light or dark: the hand's choice, else the system's. Runs before the first paint, so that a dark page never flashes
 * light; no module, because modules wait for the parser.
 */
(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    document.documentElement.dataset.theme = localStorage.getItem("theme") ?? (system.matches ? "dark" : "light");
  };
  system.addEventListener("change", apply);
  apply();
})();
