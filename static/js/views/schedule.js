/**
 * The learning rate as the schedule will give it: a small curve of the engine's own pairs, with a dot where training is.
 * @import { Node, State } from "../types"
 */
import { countText, rateText } from "./labels.js";
import { h } from "./tree.js";

/** The curve's box in its own units: text stands left of it and below. */
const BOX = { left: 40, top: 6, right: 152, bottom: 44, width: 160, height: 60 };
/** The dot stands at one of this many places, so that the panel is not drawn anew at each epoch. */
const PLACES = 40;

/** What the curve must be drawn again for. @param {State} state @returns {unknown[]} */
export function previewNeeds(state) {
  return [state.server?.schedule_preview, placeOfDot(state)];
}

/** How far along the curve training is, 0 to 1, in so many steps. @param {State} state */
function placeOfDot({ server }) {
  const end = server?.schedule_preview?.at(-1)?.[0];
  return server && end ? Math.round(PLACES * Math.min(1, server.epoch / end)) / PLACES : 0;
}

/** @param {State} state @returns {Node | null} null where the server tells no curve */
export function schedulePreview(state) {
  const pairs = state.server?.schedule_preview ?? [];
  if (pairs.length < 2) return null;
  const end = pairs[pairs.length - 1][0];
  const rates = pairs.map(([, rate]) => rate);
  const most = Math.max(...rates);
  const place = (/** @type {number} */ epoch, /** @type {number} */ rate) => [
    BOX.left + (BOX.right - BOX.left) * (end ? epoch / end : 0),
    BOX.bottom - (BOX.bottom - BOX.top) * (most ? rate / most : 0),
  ];
  const line = pairs.map(([epoch, rate]) => place(epoch, rate).map((at) => at.toFixed(1)).join(" ")); // prettier-ignore
  const now = placeOfDot(state) * end;
  const [x, y] = place(now, rateAt(pairs, now));
  const label = `Learning rate from ${rateText(rates[0])} at epoch 0 to ${rateText(rates[rates.length - 1])} at epoch ${countText(end)}`;
  return h(
    "div.field.preview",
    { key: "schedule-preview" },
    h("span.field__label", {}, "Rate by schedule"),
    h(
      "svg.preview__curve",
      { viewBox: `0 0 ${BOX.width} ${BOX.height}`, role: "img", "aria-label": label },
      h("path.preview__axes", { d: `M${BOX.left} ${BOX.top}V${BOX.bottom}H${BOX.right}` }),
      h("path.preview__line", { d: `M${line.join("L")}` }),
      h("circle.preview__dot", { cx: x.toFixed(1), cy: y.toFixed(1), r: 3.5 }),
      text(BOX.left - 4, BOX.top + 5, "end", rateText(most)),
      text(BOX.left - 4, BOX.bottom, "end", "0"),
      text(BOX.left, BOX.height - 3, "middle", "0"),
      text(BOX.right + 6, BOX.height - 3, "end", `${countText(end)} epochs`),
    ),
  );
}

/** @param {number} x @param {number} y @param {string} anchor @param {string} words */
function text(x, y, anchor, words) {
  return h("text.preview__text", { x, y, "text-anchor": anchor }, words);
}

/** The curve's rate at `epoch`, between the pairs on its straight line. @param {readonly (readonly [number, number])[]} pairs @param {number} epoch */
function rateAt(pairs, epoch) {
  const after = pairs.findIndex(([at]) => at >= epoch);
  if (after <= 0) return pairs[0][1];
  const [[e0, r0], [e1, r1]] = [pairs[after - 1], pairs[after]];
  return e1 > e0 ? r0 + ((r1 - r0) * (epoch - e0)) / (e1 - e0) : r1;
}
