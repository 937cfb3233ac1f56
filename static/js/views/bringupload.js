/**
 * A file on its way to the server, and what went wrong with it.
 * @import { BringState, BringWay } from "../types"
 */
import { bytesText } from "../state/bytes.js";
import { sentence } from "./bringwords.js";
import { h } from "./tree.js";

/** @param {BringState} bring */
export function uploadView({ upload }) {
  if (!upload) return null;
  const { title, sent, total } = upload;
  const words = sent < total ? `${title}: ${bytesText(sent)} of ${bytesText(total)}` : `${title} is being read …`;
  return h(
    "div.bring__upload",
    { key: "upload" },
    h("progress.bring__progress", { max: Math.max(1, total), value: sent, "aria-label": "Upload" }),
    h("span", { role: "status" }, words),
    h("button.button.button--quiet", { type: "button", "data-action": "bring-cancel" }, "Cancel"),
  );
}

/** What went wrong with one way, where it belongs. @param {BringState} bring @param {BringWay} way */
export function errorView({ error }, way) {
  if (error?.way !== way) return null;
  return h("p.bring__error", { role: "alert", key: `error-${way}` }, sentence(error.message));
}
