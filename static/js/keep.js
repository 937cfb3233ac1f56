/**
 * What a reload or a lost server must not cost: the session's id, the spec and the points set by hand; and how charts and
 * diagram are looked at.
 * Kept for the tab, so that two tabs are two experiments; and for each lesson by itself, so that none takes the place of another.
 * @import { Experiment, Looks, ServerState, State, Stored } from "./types"
 */
import { addingPoints } from "./state/parts.js";

const KEY = "experiment";
const LOOKS = "looks";

/** The lesson that this page stands beside; null on the playground alone. @returns {string | null} */
export function lessonOfPage() {
  return typeof document === "undefined" ? null : (document.body.dataset.lesson ?? null);
}

/** @param {string} name */
function placed(name) {
  const lesson = lessonOfPage();
  return lesson === null ? name : `${name}:${lesson}`;
}

/** @param {State} state @returns {(Stored & {spec: Experiment}) | null} */
export function toStored({ session, server, points }) {
  if (!session || !server) return null;
  // The points of a table have more inputs than a point of one's own: what was edited of them stays with the server.
  const byHand = server.edited && server.spec.data.source !== "table";
  return { session, spec: byHand ? ownPoints(server) : server.spec, points: byHand ? points : null };
}

/** A lesson begins its stages itself: its session is enough to come back to. @param {State} state @returns {Stored | null} */
export function sessionOf({ session }) {
  return session === null ? null : { session, spec: null, points: null };
}

/**
 * A spec whose board starts empty: the points by hand are put there afterwards, each on its side of the split.
 * @param {ServerState} server
 * @returns {Experiment}
 */
function ownPoints({ spec, task }) {
  return { ...spec, data: { ...spec.data, source: "points", task, points: [] } };
}

/** The commands that put stored points back. @param {Stored} stored */
export function restoring({ points }) {
  return addingPoints(points ?? []);
}

/**
 * A browser may forbid storage, as some do to pages in a frame of another site: nothing is kept then, and all else works.
 * @template T @param {() => T} use @returns {T | null}
 */
export function inStorage(use) {
  try {
    return use();
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

/** @param {Stored | null} stored */
export function keep(stored) {
  if (stored) inStorage(() => sessionStorage.setItem(placed(KEY), JSON.stringify(stored)));
}

/** @returns {Stored | null} */
export function kept() {
  const text = inStorage(() => sessionStorage.getItem(placed(KEY)));
  return text ? JSON.parse(text) : null;
}

/** @param {State} state @returns {Looks} */
export function toLooks({ charts: { kind, log, smoothing, across }, diagram: { mode } }) {
  return { charts: { kind, log, smoothing, across }, mode };
}

/** @param {Looks} looks */
export function keepLooks(looks) {
  inStorage(() => sessionStorage.setItem(placed(LOOKS), JSON.stringify(looks)));
}

/** @returns {Looks | null} */
export function keptLooks() {
  const text = inStorage(() => sessionStorage.getItem(placed(LOOKS)));
  return text ? JSON.parse(text) : null;
}
