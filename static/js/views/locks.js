/**
 * What `hide=` and `lock=` make of a described tree: hidden controls are left out, locked ones stay, disabled and with a small
 * lock. Works on the finished tree, so that no view needs to know of it.
 * @import { Child, Link, Node, Path } from "../types"
 */
import { covers, isLocked, lockedBy } from "../state/link.js";
import { h, icon } from "./tree.js";

/** Controls that change nothing say so by one of these. */
const READS = ["data-reads", "data-help"];
const CONTROLS = new Set(["button", "input", "select", "textarea"]);
/** Ids that are names of a link. */
const CONTROL_ID = /^(button-.*|speed)$/;

/**
 * @param {readonly Child[]} children
 * @param {Link} link
 * @param {readonly string[]} parts those that the tree stands in, by their names in the link
 * @returns {readonly Child[]}
 */
export function restricted(children, link, parts) {
  if (!link.hide.length && !link.lock.length) return children;
  const all = parts.some((part) => isLocked(link, part));
  return within(children, link, all);
}

/** @param {readonly Child[]} children @param {Link} link @param {boolean} locked @returns {Child[]} */
function within(children, link, locked) {
  return children.filter((child) => !isHidden(child, link)).map((child) => (typeof child === "string" ? child : one(child, link, locked)));
}

/** @param {Node} node @param {Link} link @param {boolean} above whether something around it is locked @returns {Node} */
function one(node, link, above) {
  const own = !above && names(node, link.lock);
  const children = within(node.children, link, above || own);
  const disabled = (above || own) && CONTROLS.has(node.tag) && !READS.some((name) => node.attrs[name]);
  const attrs = disabled ? { ...node.attrs, disabled: true } : node.attrs;
  const locked = own && !CONTROLS.has(node.tag);
  return { ...node, attrs: locked ? { ...attrs, "data-locked": "true" } : attrs, children: locked ? signed(children, link) : children };
}

/** @param {Child} child @param {Link} link */
function isHidden(child, link) {
  if (typeof child === "string") return false;
  return names(child, link.hide) || Boolean(child.attrs["data-help"] && link.hide.includes("help"));
}

/** Whether a list names this very control. @param {Node} node @param {readonly string[]} list */
function names({ attrs }, list) {
  if (!list.length) return false;
  const id = String(attrs.id ?? "");
  if (id && list.some((name) => id === name || id === `button-${name}`) && CONTROL_ID.test(id)) return true;
  return pathsOf(attrs).some((path) => covers(list, path));
}

/** What a control is about: one field, or the first of what it asks for. @param {Node["attrs"]} attrs @returns {Path[]} */
function pathsOf(attrs) {
  const path = attrs["data-path"];
  const edits = attrs["data-edits"];
  const field = attrs["data-field"];
  return [
    ...(typeof field === "string" ? [field.split(".")] : []),
    ...(typeof path === "string" ? [JSON.parse(path)] : []),
    ...(typeof edits === "string" ? JSON.parse(edits).slice(0, 1).map((/** @type {[Path, unknown]} */ [first]) => first) : []),
  ];
}

/** The sign stands in the label, or else at the end. @param {readonly Child[]} children @param {Link} link @returns {Child[]} */
function signed(children, link) {
  const at = children.findIndex((child) => typeof child !== "string" && /field__(head|label|check)/.test(String(child.attrs.class)));
  const label = children[at];
  if (at < 0 || typeof label === "string") return [...children, lockSign(link)];
  return children.with(at, { ...label, children: [...label.children, lockSign(link)] });
}

/** @param {Link} link @returns {Node} */
export function lockSign(link) {
  return h("span.lock", { title: lockedBy(link) }, icon("lock"), h("span.sr", {}, "locked"));
}
