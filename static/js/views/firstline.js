/**
 * What the first line of a file of text holds, as it was read, and the other way to read it, as long as the page still has the file.
 * @import { BringState, Child, ToldTable } from "../types"
 */
import { errorView, uploadView } from "./bringupload.js";
import { h } from "./tree.js";

/** @param {BringState} bring @param {ToldTable} told @returns {Child | null} */
export function firstLineView(bring, { name, image, header }) {
  if (bring.again !== name || image) return null;
  const as = (/** @type {"header" | "data"} */ what, /** @type {string} */ word) =>
    h("button", { type: "button", "aria-pressed": String(header === (what === "header")), "data-bring-first": what }, word);
  return h(
    "div.told__first",
    { key: "first" },
    h("span.field__label", { id: "told-first" }, "First line"),
    h("div.segmented.bring__kinds", { role: "group", "aria-labelledby": "told-first" }, as("header", "Column names"), as("data", "Data")),
    uploadView(bring),
    errorView(bring, "file"),
    errorView(bring, "paste"),
  );
}
