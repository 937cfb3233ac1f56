/**
 * Makes the page say what a described tree says, changing only what differs. Elements keep their identity (and their
 * focus) as long as tag and key stay.
 * @import { Child, Node as Described } from "../types"
 */
import { putHtml } from "./html.js";

const SVG = "http://www.w3.org/2000/svg";

/** Read back from the element, not from what was last written: a person may have changed them. */
const PROPERTIES = new Set(["value", "checked", "selected"]);

/** What an element was last told. @type {WeakMap<Element, Described>} */
const described = new WeakMap();

/** @param {Element} parent @param {readonly Child[]} children */
export function patchChildren(parent, children) {
  const keyed = keyedElements(parent, children);
  children.forEach((child, row) => {
    const present = parent.childNodes[row];
    if (typeof child === "string") return patchText(parent, present, child);
    const moved = child.key === undefined ? undefined : keyed.get(child.key);
    const found = moved ?? present;
    const fits = found instanceof Element && sameKind(found, child);
    const element = fits ? found : create(parent, child);
    if (element !== present) parent.insertBefore(element, present ?? null);
    if (!fits && present && !moved) removeUnkeyed(present);
    patchElement(element, child);
  });
  while (parent.childNodes.length > children.length) parent.lastChild?.remove();
}

/**
 * Only lists whose members carry keys pay for finding them.
 * @param {Element} parent
 * @param {readonly Child[]} children
 */
function keyedElements(parent, children) {
  /** @type {Map<string, Element>} */
  const keyed = new Map();
  if (!children.some((child) => typeof child !== "string" && child.key !== undefined)) return keyed;
  for (const element of parent.children) {
    const key = described.get(element)?.key;
    if (key !== undefined) keyed.set(key, element);
  }
  return keyed;
}

/** What was here and carries a key may be wanted further on. @param {ChildNode} present */
function removeUnkeyed(present) {
  if (!(present instanceof Element) || described.get(present)?.key === undefined) present.remove();
}

/** @param {Element} parent @param {ChildNode | undefined} present @param {string} text */
function patchText(parent, present, text) {
  if (present instanceof Text) {
    if (present.data !== text) present.data = text;
  } else {
    parent.insertBefore(document.createTextNode(text), present ?? null);
    if (present) removeUnkeyed(present);
  }
}

/** @param {Element} element @param {Described} node */
function sameKind(element, node) {
  const before = described.get(element);
  return before !== undefined && before.tag === node.tag && before.key === node.key;
}

/** @param {Element} parent @param {Described} node */
function create(parent, node) {
  const svg = node.tag === "svg" || (parent.namespaceURI === SVG && parent.tagName !== "foreignObject");
  const element = svg ? document.createElementNS(SVG, node.tag) : document.createElement(node.tag);
  described.set(element, { tag: node.tag, key: node.key, attrs: {}, children: [] });
  return element;
}

/** @param {Element} element @param {Described} node */
export function patchElement(element, node) {
  const before = described.get(element);
  if (before === node) return;
  for (const name in before?.attrs) if (!(name in node.attrs)) element.removeAttribute(name);
  if (node.html === undefined) patchChildren(element, node.children);
  else if (before?.html !== node.html) putHtml(element, node.html);
  for (const name in node.attrs) {
    const value = node.attrs[name];
    if (PROPERTIES.has(name)) setProperty(element, name, value);
    else if (before?.attrs[name] !== value) setAttribute(element, name, value);
  }
  described.set(element, node);
}

/** @param {Element} element @param {string} name @param {Described["attrs"][string]} value */
function setProperty(element, name, value) {
  const target = /** @type {any} */ (element);
  const wanted = typeof value === "boolean" ? value : String(value ?? "");
  if (target[name] !== wanted) target[name] = wanted;
}

/** @param {Element} element @param {string} name @param {Described["attrs"][string]} value */
function setAttribute(element, name, value) {
  if (value === false || value === null || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}
