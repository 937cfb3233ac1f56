/**
 * The browser's memory of its own sessions, the dialog about the present one, and the way back to an earlier one.
 * @import { Store } from "../store.js"
 * @import { OwnSession, State } from "../types"
 */
import { inStorage, kept, lessonOfPage } from "../keep.js";
import { isExperiment } from "../state/address.js";
import { suggestedTitle } from "../views/savedwords.js";
import { whenClosed } from "./element.js";
import { becomeThatOf, ownSession } from "./opening.js";

const KEY = "sessions";
const MOST_KEPT = 6;
/** Milliseconds between two notes of how far the session is. */
const NOTE_EVERY = 3000;
/** Milliseconds that a word of welcome stays. */
const WELCOME_STAYS = 6000;
const STEPS = /** @type {const} */ ([[60, "second"], [60, "minute"], [24, "hour"], [Infinity, "day"]]);

/** @typedef {{session: string, title: string, step: number, at: number, until: number | null}} Noted as it stands in the browser; times in ms and s */

/** @param {HTMLDialogElement} sheet @param {Store} store */
export function createKeeping(sheet, store) {
  let [noting, leaving] = [0, 0];
  const change = (/** @type {Partial<State["keeping"]>} */ what) => store.dispatch({ type: "keeping", change: what });
  const isNew = lessonOfPage() === null && kept() === null && ownSession() === null && !isExperiment(location.hash);
  change({ own: told(others(null)), offer: isNew });

  function note() {
    clearTimeout(noting);
    noting = 0;
    const state = store.get();
    const mine = noted(state);
    if (mine) write([mine, ...others(state.session)]);
  }

  /** @param {State} state */
  function render({ notice }) {
    if (notice?.about !== "back" || leaving) return;
    leaving = window.setTimeout(() => {
      leaving = 0;
      if (store.get().notice === notice) store.dispatch({ type: "notice", notice: null });
    }, WELCOME_STAYS);
  }

  store.subscribe(() => (noting ||= window.setTimeout(note, NOTE_EVERY)));
  window.addEventListener("pagehide", note);
  sheet.addEventListener("click", ({ target }) => target === sheet && sheet.close());
  whenClosed(sheet, () => change({ open: false }));
  return {
    render,
    buttons: {
      session: () => {
        change({ open: true, own: told(others(store.get().session)) });
        sheet.showModal();
      },
      "go-on": (/** @type {HTMLElement} */ { dataset }) => {
        const own = store.get().keeping.own[Number(dataset.own)];
        if (own) becomeThatOf(own.session);
      },
      "left-off-dismiss": () => change({ offer: false }),
    },
  };
}

/** What there is to remember of the present session; null while nothing was done in it, and beside a lesson, which comes back to its own. @param {State} state @returns {Noted | null} */
function noted(state) {
  const { session, server, keeping } = state;
  if (lessonOfPage() !== null || !session || !server || !(server.step || server.edited)) return null;
  return { session, title: suggestedTitle(state), step: server.step, at: Date.now(), until: keeping.until };
}

/** Those that may still be kept, newest first, without the present one. @param {string | null} session @returns {Noted[]} */
function others(session) {
  const now = Date.now();
  return read().filter((one) => one.session !== session && one.session !== ownSession() && (one.until ?? Infinity) * 1000 > now);
}

function read() {
  return notedIn(inStorage(() => localStorage.getItem(KEY)) ?? "[]");
}

/** What stands in the browser's memory, where another program may have been at this address before. @param {string} text @returns {Noted[]} */
export function notedIn(text) {
  try {
    const found = JSON.parse(text);
    return Array.isArray(found) ? found.filter((one) => typeof one?.session === "string" && Number.isFinite(one.at)) : [];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** @param {Noted[]} all */
function write(all) {
  const newest = all.sort((one, other) => other.at - one.at).slice(0, MOST_KEPT);
  inStorage(() => localStorage.setItem(KEY, JSON.stringify(newest)));
}

/** As the page tells of them. @param {Noted[]} all @returns {OwnSession[]} */
function told(all) {
  return all.map(({ session, title, step, at }) => ({ session, title, step, when: agoText((Date.now() - at) / 1000) }));
}

/** @param {number} seconds */
export function agoText(seconds) {
  let count = Math.max(0, seconds);
  for (const [length, unit] of STEPS) {
    const whole = Math.floor(count);
    if (count < length) return whole < 1 || unit === "second" ? "just now" : `${whole} ${unit}${whole === 1 ? "" : "s"} ago`;
    count /= length;
  }
  return "";
}
