/**
 * Keeps the page's address true: some time after the experiment has changed, never in the middle of a drag. One that is too long is
 * kept by the server; of an uploaded table nothing is kept until somebody copies the link.
 * @import { State } from "../types"
 * @import { Store } from "../store.js"
 */
import { isExperiment, LONGEST, OURS, payloadOf, SAVED, uploadedTable } from "../state/address.js";
import { keepLink } from "./linkstore.js";
import { ownSession, remember } from "./opening.js";
import { pack } from "./packing.js";

const PAUSE = 400;
const PAUSE_LONG = 2000;

/** @param {Store} store */
export function keepAddress(store) {
  let timer = 0;
  let last = location.href;
  /** @type {unknown[]} */
  let seen = [];

  /** @param {number} pause @param {() => unknown} then */
  function later(pause, then) {
    clearTimeout(timer);
    timer = window.setTimeout(then, pause);
  }

  /** What was asked for before something changed again comes too late. */
  const isOld = (/** @type {unknown[]} */ needs) => needs !== seen;

  /** Not over an address that has just been typed. @param {State} state @param {string} hash */
  function show({ session }, hash) {
    if (location.href !== last) return;
    remember(session, `${location.pathname}${location.search}${hash}`);
    last = location.href;
  }

  async function write() {
    const needs = seen;
    const state = store.get();
    const payload = payloadOf(state, false);
    if (!payload || state.drag) return;
    const text = await pack(payload);
    if (isOld(needs)) return;
    if (uploadedTable(state)) return show(state, "");
    if (text.length <= LONGEST) return show(state, `${OURS}${text}`);
    later(PAUSE_LONG, async () => {
      if (isOld(needs)) return;
      const { id } = await keepLink(text, false, state.session ?? "");
      if (!isOld(needs)) show(state, id ? `${SAVED}${id}` : "");
    });
  }

  store.subscribe(() => {
    const needs = addressNeeds(store.get());
    if (needs.every((need, row) => need === seen[row])) return;
    seen = needs;
    clearTimeout(timer); // without a server nothing can be kept
    if (store.get().connection === "open") later(PAUSE, write);
  });
  /** Another entry of the history; a link within the page takes no experiment out of the address. */
  function moved() {
    if (ownSession() !== null && ownSession() === store.get().session) last = location.href;
    else if (isExperiment(location.hash) || ownSession() !== null) location.reload();
    else remember(store.get().session, last);
  }
  // Going back over a changed "?" is told by the one, a hash that is typed by both.
  window.addEventListener("hashchange", moved);
  window.addEventListener("popstate", moved);
}

/** @param {State} state */
function addressNeeds({ connection, session, schema, server, points, drag }) {
  return [connection, session, schema, server?.spec, server?.edited, points, drag === null];
}
