/**
 * The examples behind a cell of the confusion matrix: their values are asked for a page at a time, and a person may say what
 * went wrong with each. Causes are kept by the browser for this session and its data (dom/gallery.js).
 * @import { Action, Command, GalleryState, PointsMessage, RowsTold, SentCommand, State } from "../types"
 */
import { largestAt, probabilities } from "./pixels.js";
import { idsIn, partOf } from "./results.js";

/** So many examples stand on a page; the server tells 200 at a time at most. */
export const PAGE = 24;

/** @type {GalleryState} */
const NO_GALLERY = { shown: null, page: 0, picked: [], rows: new Map(), asked: null, causes: {}, said: "", copy: null };

/** @param {State} state @param {Partial<GalleryState>} change @returns {State} */
function changed(state, change) {
  return { ...state, gallery: { ...state.gallery, ...change } };
}

/** What the network says of a point: its likeliest class and how likely that is to it; null while it is not known. @param {State} state @param {number} row */
function saidOf({ figures, points, dataRevision }, row) {
  if (!figures || row < 0 || figures.data_revision !== dataRevision) return null;
  const { shape, values } = figures.predictions;
  if (shape[1] !== points.length) return null;
  const shares = probabilities(Array.from({ length: shape[0] }, (_, unit) => values[unit * shape[1] + row]));
  // Which class a point is taken for is the server's word; the outputs say how surely.
  const predicted = figures.cells?.values[row] ?? largestAt(shares);
  return { predicted, share: shares[predicted] ?? 0 };
}

/** @typedef {{id: number, number: number, actual: number, predicted: number | null, share: number, cause: string}} Example */

/** A point as the gallery shows it; null where it has gone. @param {State} state @param {number} id @returns {Example | null} */
export function exampleOf(state, id) {
  const row = state.points.findIndex((point) => point[0] === id);
  if (row < 0) return null;
  const said = saidOf(state, row);
  return { id, number: row + 1, actual: state.points[row][3], predicted: said?.predicted ?? null, share: said?.share ?? 0, cause: state.gallery.causes[id] ?? "" };
}

/** The most confident mistakes come first; of what is right, the least confident. @param {State} state @param {readonly number[]} ids */
function ordered(state, ids) {
  const rows = new Map(state.points.map(([id], row) => [id, row]));
  const examples = ids.map((id) => {
    const row = rows.get(id) ?? -1;
    const said = saidOf(state, row);
    return { id, worth: (said?.share ?? 0) * (said?.predicted === state.points[row]?.[3] ? -1 : 1) };
  });
  return examples.sort((one, other) => other.worth - one.worth || one.id - other.id).map(({ id }) => id);
}

/** Whether points have more to show than their place on the board. @param {State} state */
export function hasGallery({ server }) {
  return server?.spec.data.source === "table" && server.task === "classification";
}

/** Ids of the part's points that are taken for another class. @param {State} state */
export function mistakesOf(state) {
  const part = partOf(state);
  const classes = part && "confusion" in part ? part.confusion.length : 0;
  const pairs = Array.from({ length: classes * classes }, (_, at) => [Math.floor(at / classes), at % classes]);
  return pairs.flatMap(([actual, predicted]) => (actual === predicted ? [] : idsIn(state, predicted, actual)));
}

/** @param {State} state @param {Extract<Action, {type: "results"}>} action @returns {State} */
function cellChosen(state, { change: { chosen, part } }) {
  if (chosen === undefined && part === undefined) return state;
  if (!chosen || !hasGallery(state)) return changed(state, { shown: null, picked: [], copy: null, said: "" });
  return opened(state, chosen.name, chosen.ids);
}

/** @param {State} state @param {string} title "actual,predicted", or "all" @param {readonly number[]} ids @returns {State} */
function opened(state, title, ids) {
  return changed(state, { shown: { title, ids: ordered(state, ids) }, page: 0, picked: [], copy: null, said: "" });
}

/** Those that are there, of the open page. @param {State} state @returns {{ids: readonly number[], page: number, pages: number, all: number}} */
export function galleryPage(state) {
  const there = new Set(state.points.map(([id]) => id));
  const all = (state.gallery.shown?.ids ?? []).filter((id) => there.has(id));
  const pages = Math.max(1, Math.ceil(all.length / PAGE));
  const page = Math.min(state.gallery.page, pages - 1);
  return { ids: all.slice(page * PAGE, (page + 1) * PAGE), page, pages, all: all.length };
}

/** The open page's values that are not known yet, one question at a time. @param {State} state @returns {Command | null} */
export function nextRows(state) {
  const { gallery, drawer, connection, server } = state;
  if (!gallery.shown || gallery.asked || drawer.tab !== "results" || connection !== "open" || !server) return null;
  const ids = galleryPage(state).ids.filter((id) => !gallery.rows.has(id));
  return ids.length ? { type: "rows", ids } : null;
}

/** @param {State} state @param {{command: SentCommand}} action @returns {State} */
function sent(state, { command }) {
  return command.type === "rows" ? changed(state, { asked: command.id }) : state;
}

/** @param {State} state @param {RowsTold} told @returns {State} */
function rowsArrived(state, { rows }) {
  const known = new Map([...state.gallery.rows, ...rows.map(({ id, values }) => /** @type {const} */ ([id, values]))]);
  return changed(state, { rows: known, asked: null });
}

/** Points that are gone are not insisted on. @param {State} state @param {{id: number | null}} answer @returns {State} */
function refused(state, { id }) {
  return id !== null && state.gallery.asked === id ? changed(state, { asked: null, shown: null }) : state;
}

/** Values of points that have moved are not theirs any more. @param {State} state @param {PointsMessage} _ @param {State} before @returns {State} */
function pointsArrived(state, _, before) {
  const { rows, picked } = state.gallery;
  if (!rows.size && !picked.length) return state;
  const places = new Map(before.points.map((point) => [point[0], point]));
  const now = new Map(state.points.map((point) => [point[0], point]));
  const stands = (/** @type {number} */ id) => {
    const [one, other] = [places.get(id), now.get(id)];
    return one !== undefined && other !== undefined && one[1] === other[1] && one[2] === other[2];
  };
  return changed(state, { rows: new Map([...rows].filter(([id]) => stands(id))), picked: picked.filter((id) => now.has(id)) });
}

/** Names what the points' ids belong to. @param {Pick<State, "server" | "session">} state */
export function dataOf({ server, session }) {
  return server ? JSON.stringify([session, server.spec.data, server.spec.seeds.data, server.spec.seeds.split]) : "";
}

/** Other data has other points under the same ids. @param {State} state @param {unknown} _ @param {State} before @returns {State} */
function stateArrived(state, _, before) {
  return before.server && dataOf(state) !== dataOf(before) ? { ...state, gallery: NO_GALLERY } : state;
}

/** @param {State} state @param {Extract<Action, {type: "cause"}>} action @returns {State} */
function caused(state, { ids, cause }) {
  const text = cause.trim();
  const others = Object.entries(state.gallery.causes).filter(([id]) => !ids.includes(Number(id)));
  const given = text ? ids.map((id) => [String(id), text]) : [];
  return changed(state, { causes: Object.fromEntries([...others, ...given]), picked: [], said: text ? `Cause of ${ids.length}: ${text}.` : "Cause taken away." });
}

/** How many points have each cause, the most frequent first; only of points that are there. @param {State} state @returns {[string, number][]} */
export function causeCounts({ gallery: { causes }, points }) {
  const there = new Set(points.map(([id]) => id));
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const [id, cause] of Object.entries(causes)) if (there.has(Number(id))) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1] || one[0].localeCompare(other[0]));
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { gallery: NO_GALLERY },
  actions: {
    results: cellChosen,
    gallery: (state, { change }) => changed(state, change),
    "all-mistakes": (state) => opened(state, "all", mistakesOf(state)),
    cause: caused,
    sent,
    connection: (state) => changed(state, { asked: null }),
  },
  messages: { rows: rowsArrived, points: pointsArrived, state: stateArrived, error: refused },
  next: nextRows,
};
