/**
 * What the page begins with: this tab's own session, or what its address says. A history entry remembers its session, so a reload
 * and the back button come to it again, while the same address in another tab is another experiment.
 * @import { Store } from "../store.js"
 * @import { Begun, Stored } from "../types"
 */
import { lessonOfPage } from "../keep.js";
import { isExperiment } from "../state/address.js";
import { begin } from "./linkstore.js";

/** @typedef {{stored: Stored | null, begun: Begun | null, refused: string | null, remembered: boolean}} Opening */

/** @param {Stored | null} stored what this tab had last @returns {Promise<Opening>} `remembered`: only the history knows the session */
export async function opening(stored) {
  const own = lessonOfPage() === null ? ownSession() : null;
  const nothing = { begun: null, refused: null, remembered: false };
  if (own && own !== stored?.session) return { ...nothing, stored: sessionAlone(own), remembered: true };
  if (own || lessonOfPage() !== null || !isExperiment(location.hash)) return { ...nothing, stored };
  const { done, refused } = await begin(location.hash);
  if (!done) return { ...nothing, stored, refused };
  remember(done.session, addressWith(done.hide));
  return { ...nothing, stored: sessionAlone(done.session), begun: done };
}

/** The session that this entry of the tab's history shows. @returns {string | null} */
export function ownSession() {
  return history.state?.session ?? null;
}

/** Where an experiment of one's own is opened: here, but beside no lesson, which has experiments of its own. */
export function homePath() {
  return lessonOfPage() === null ? `${location.pathname}${location.search}` : "/";
}

/** @param {string} session @returns {Stored} */
function sessionAlone(session) {
  return { session, spec: null, points: null };
}

/** The page's address, with more that is not to be shown. @param {readonly string[]} hide */
function addressWith(hide) {
  const url = new URL(location.href);
  if (hide.length) {
    const before = url.searchParams.getAll("hide").join(",").split(",").filter(Boolean);
    url.searchParams.set("hide", [...new Set([...before, ...hide])].join(","));
    url.search = url.search.replaceAll("%2C", ",");
  }
  return url.href;
}

/** This tab is about to be another session's: what is still under way takes the entry of the history back no more. */
let leaving = false;

/** This tab becomes that session's. @param {string} session */
export function becomeThatOf(session) {
  history.pushState(null, "", homePath());
  remember(session, location.href);
  leaving = true;
  location.reload();
}

/** This entry of the history is that session at that address. @param {string | null} session @param {string} address */
export function remember(session, address) {
  if (leaving) return;
  try {
    history.replaceState({ session }, "", address);
  } catch (error) {
    // A frame without an origin of its own has no address either.
    if (!(error instanceof DOMException)) throw error;
  }
}

/** What could not be carried over or opened, in words; and how the address wants the points shown. @param {Store} store @param {Opening} opened */
export function tellOpening(store, { begun, refused }) {
  const { notes = [], tests = null, discretise = null } = begun ?? {};
  if (tests !== null && discretise !== null) store.dispatch({ type: "tools", change: { tests, discretise } });
  const text = refused ? `The link could not be opened: ${refused}.` : notes.join(" ");
  if (text) store.dispatch({ type: "notice", notice: { kind: refused ? "error" : "info", about: "link", text } });
}

/** The session of this entry is gone: begin again from its address. */
export function beginAgain() {
  history.replaceState(null, "", location.href);
  location.reload();
}
