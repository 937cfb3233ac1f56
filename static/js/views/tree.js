/**
 * Described trees: plain objects that say what HTML or SVG should stand on the page. `dom/patch.js` makes it so.
 * @import { Child, Node } from "../types"
 */

/**
 * @param {string} tag may carry classes: "div.field"
 * @param {Node["attrs"]} [attrs]
 * @param {...(Child | null | false | Child[])} children
 * @returns {Node}
 */
export function h(tag, attrs = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const { key, class: more, ...rest } = attrs;
  const named = [...classes, more].filter(Boolean).join(" ");
  const kept = /** @type {Child[]} */ (children.flat().filter((child) => child !== null && child !== false));
  const node = { tag: name, attrs: named ? { class: named, ...rest } : rest, children: kept };
  return key === undefined ? node : { ...node, key: String(key) };
}

/**
 * An element with HTML of our own server's in it.
 * @param {string} tag may carry classes @param {string} source @param {Node["attrs"]} [attrs] @returns {Node}
 */
export function htmlOf(tag, source, attrs = {}) {
  return { ...h(tag, attrs), html: source };
}

/** An icon of the sprite in the page. @param {string} name */
export function icon(name) {
  return h("svg.icon", { "aria-hidden": "true" }, h("use", { href: `#icon-${name}` }));
}
