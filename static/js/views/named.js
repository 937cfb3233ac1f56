/**
 * What stands at the two ends of the diagram: the inputs' names, with the values that the network sees where they have no
 * picture, and the outputs' classes.
 * @import { Node, State } from "../types"
 * @import { Layout, Place } from "./network.js"
 */
import { hasPlane, heldAt, planeOf } from "../state/plane.js";
import { inputNames } from "./axes.js";
import { className } from "./classes.js";
import { valueText } from "./labels.js";
import { imageTree, isImage } from "./pixels.js";
import { h } from "./tree.js";
import { GAP, inputNode, leftOf, unitNode } from "./unit.js";

/** How wide a letter is, as a share of its height. */
const LETTER = 0.56;
/** Where it must not be less: names of a table have any letters, and the diagram's edge is beside them. */
const BOLD = 0.63;
/** Less of an answer's name than so many letters says nothing. */
const FEW_LETTERS = 5;
/** Names are shortened before their letters are smaller than this. */
const LEAST_NAME = 11;
/** Letters of the values in boxes, as a share of the box's height, and at most. */
const VALUE = 0.62;
const VALUE_MOST = 12;

/** @param {State} state @param {Layout} layout @returns {Node[]} */
export function inputsTree(state, layout) {
  const places = layout.columns[0] ?? [];
  const names = inputNames(state);
  if (isImage(state)) return imageTree(state, places);
  if (layout.crowded[0]) return places.map((place, row) => h("g", {}, unitNode(place, "rect.input.input--tile", names[row])));
  const size = letterSize(layout, names);
  const letter = layout.pictures ? LETTER : BOLD;
  return places.map((place, row) => {
    const name = names[row] ?? "";
    const node = inputNode(shortened(name, roomOf(place) / (letter * size)), place, size, titleOf(state, row, name));
    return layout.pictures ? node : h("g", {}, node, seenNode(state, row, place));
  });
}

/** How large the inputs' names are, all alike: so that the longest has room to the left of its box, or as small as can be read. @param {Layout} layout @param {readonly string[]} names */
function letterSize({ columns, scale, pictures }, names) {
  const [first, second] = columns[0];
  if (!first) return 0;
  const longest = Math.max(...names.map((name) => name.length));
  const highest = Math.min(16 * scale, second ? 0.8 * (second.y - first.y) : Infinity);
  const fitting = roomOf(first) / ((pictures ? LETTER : BOLD) * longest);
  return pictures ? Math.min(highest, fitting) : Math.min(highest, Math.max(fitting, LEAST_NAME * scale));
}

/** @param {Place} place */
function roomOf(place) {
  return leftOf(place) - GAP - 2;
}

/** @param {string} name @param {number} letters that there is room for */
export function shortened(name, letters) {
  const most = Math.max(2, Math.floor(letters + 0.001));
  return name.length <= most ? name : `${name.slice(0, most - 1).trimEnd()}…`;
}

/** @param {State} state @param {number} row @param {string} name */
function titleOf({ server }, row, name) {
  const unit = server?.inputs?.[row]?.unit;
  return unit ? `${name} (${unit})` : name;
}

/**
 * What the network sees of an input on the plane that is shown: an arrow where it runs along an axis, else the one value at
 * which it is held. While a place is pointed at its value stands over this.
 * @param {State} state @param {number} row @param {Place} place
 */
function seenNode(state, row, place) {
  const text = seenText(state, row);
  const { x, y, box } = place;
  const size = Math.min(VALUE_MOST, VALUE * box);
  return text ? h("text.input__seen", { x: (leftOf(place) + x + box / 2) / 2, y, "font-size": size.toFixed(1) }, text) : h("g");
}

/** @param {State} state @param {number} row */
function seenText(state, row) {
  const input = state.server?.inputs?.[row];
  const plane = planeOf(state);
  if (!input || !hasPlane(state) || plane.kind === "pca") return "";
  if (plane.axes[0] === row) return "→";
  if (plane.axes[1] === row) return "↑";
  const held = heldAt(state, row);
  return held === null ? "" : valueText((held - input.shift) / input.scale);
}

/** The classes' names to the right of their outputs; the target's, of a table. @param {State} state @param {Layout} layout @returns {Node[]} */
export function answersTree(state, layout) {
  const places = layout.columns.at(-1) ?? [];
  const names = answerNames(state, places.length);
  const [first, second] = places;
  if (!first || layout.crowded.at(-1) || !names.length) return [];
  const room = layout.width - first.x - first.box / 2 - GAP - 2;
  const highest = Math.min(14 * layout.scale, second ? 0.8 * (second.y - first.y) : Infinity);
  const fitting = room / (BOLD * Math.max(...names.map((name) => name.length)));
  const size = Math.min(highest, Math.max(fitting, LEAST_NAME * layout.scale));
  if (room / (BOLD * size) < Math.min(FEW_LETTERS, ...names.map((name) => name.length))) return [];
  return places.map(({ x, y, box }, row) => {
    const name = shortened(names[row], room / (BOLD * size));
    return h("text.answer", { x: x + box / 2 + GAP, y, "font-size": size.toFixed(1) }, name, name === names[row] ? null : h("title", {}, names[row]));
  });
}

/** @param {State} state @param {number} count */
function answerNames(state, count) {
  const { server } = state;
  if (count > 1) return server?.labels?.length === count ? Array.from({ length: count }, (_, label) => className(state, label).replace(/^class /, "")) : [];
  return server?.task === "regression" && server.spec.data.source === "table" && server.target?.name ? [server.target.name] : [];
}
