/**
 * The palette as it stands in the style sheet, and the choice between light and dark.
 * @import { Palette } from "../types"
 */

/** @returns {Palette} */
export function readPalette() {
  const style = getComputedStyle(document.documentElement);
  const read = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  return {
    negative: read("negative"),
    neutral: read("neutral"),
    positive: read("positive"),
    classes: [0, 1, 2, 3, 4, 5].map((label) => read(`class-${label}`)),
    strength: Number(read("strength")),
    ink: read("ink"),
    muted: read("muted"),
    hairline: read("hairline"),
    surface: read("surface"),
    train: read("train"),
    test: read("test"),
    font: read("font"),
  };
}

/** Calls `changed` whenever light turns dark; `theme.js` says when. @param {() => void} changed */
export function watchTheme(changed) {
  new MutationObserver(changed).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}

export function toggleTheme() {
  const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("theme", theme);
}
