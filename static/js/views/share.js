/**
 * The dialog "Share": the link, what is in it, its QR code; and a field for a link to open.
 * @import { Child, State } from "../types"
 */
import { uploadedTable } from "../state/address.js";
import { contentsOf } from "../state/share.js";
import { h } from "./tree.js";

/** What the dialog is drawn again for. @param {State} state @returns {unknown[]} */
export function shareNeeds({ share, server, schema }) {
  return share.open ? [share, server?.spec, server?.phase, schema] : [null];
}

/** @param {State} state @returns {Child[]} */
export function shareView(state) {
  if (!state.share.open) return [];
  return [sectionView("link", "Link to this experiment", linkView(state)), codeView(state), sectionView("open", "Open a link", openView(state))];
}

/** @param {string} name @param {string} title @param {Child[]} children */
function sectionView(name, title, children) {
  const id = `share-${name}-title`;
  return h(`section.share__${name}`, { "aria-labelledby": id }, h("h3.share__title", { id }, title), ...children);
}

/** @param {State} state @returns {Child[]} */
function linkView(state) {
  const { built, said } = state.share;
  const address = built?.address ?? "";
  const field = { id: "share-address", type: "text", readonly: true, value: address, "aria-label": "Link", placeholder: placeholderOf(state), spellcheck: "false" };
  return [
    h("div.share__row", {}, h("input.text.share__address", field), h("button.button.share__copy", { type: "button", "data-action": "share-copy" }, "Copy link")),
    h("p.share__said", { role: "status" }, said),
    optionView("weights", state.share.weights, "With the present weights", "Else whoever opens it begins with the first weights, untrained."),
    uploadedTable(state) ? null : optionView("short", state.share.short, "As a short link", "The server keeps what is in it."),
    h("p.share__contents", {}, wordsOf(state)),
  ].filter((child) => child !== null);
}

/** @param {State} state */
function placeholderOf(state) {
  return uploadedTable(state) ? "Made when you copy it" : "On its way …";
}

/** @param {"weights" | "short"} name @param {boolean} on @param {string} words @param {string} more */
function optionView(name, on, words, more) {
  return h("label.share__option", {}, h("input", { type: "checkbox", checked: on, "data-share": name }), h("span", {}, words), h("span.share__more", {}, more));
}

/** What is in the link, how long it is, and who can open it. @param {State} state */
function wordsOf(state) {
  const { built } = state.share;
  if (!built) return "";
  if (built.refused) return `There is no link: ${built.refused}.`;
  const table = uploadedTable(state) ? " Your table goes with it: whoever has the link can read all of it." : "";
  const length = built.address ? ` ${built.address.length.toLocaleString("en-GB")} characters.` : "";
  const here = built.local ? " This server answers on this computer alone, so the link opens only here." : "";
  return `In it: ${contentsOf(state)}.${length}${table}${here}`;
}

/** @param {State} state */
function codeView({ share: { built, rows } }) {
  if (rows) return h("figure.share__code", {}, pictureOf(rows), h("figcaption.share__more", {}, "The same link for a camera."));
  const words = built?.address ? "Too long for a QR code; a short link has one." : "";
  return h("figure.share__code.share__code--none", {}, h("figcaption.share__more", {}, words));
}

/** Black on white in every theme, because cameras want it so. @param {readonly string[]} rows */
function pictureOf(rows) {
  const size = rows.length;
  const dark = rows.flatMap((row, y) => [...row.matchAll(/1+/g)].map(({ 0: { length }, index }) => `M${index} ${y}h${length}v1h-${length}z`));
  const attrs = { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": "QR code of the link", "shape-rendering": "crispEdges" };
  return h("svg.share__picture", attrs, h("rect", { width: size, height: size, fill: "#fff" }), h("path", { d: dark.join(""), fill: "#000" }));
}

/** @param {State} state @returns {Child[]} */
function openView({ share: { pasted, error } }) {
  const field = {
    id: "share-pasted",
    type: "text",
    value: pasted,
    placeholder: "https://…#…",
    spellcheck: "false",
    "data-share-pasted": "",
    "aria-label": "Link to open",
    "aria-invalid": error ? "true" : null,
  };
  const words = "From this playground, or from playground.tensorflow.org. What is here now stays one step back in this tab’s history.";
  return [
    h("form.share__row", { id: "share-form" }, h("input.text.share__address", field), h("button.button", { type: "submit" }, "Open")),
    error ? h("p.field__error", { role: "alert" }, error) : h("p.share__more", {}, words),
  ];
}
