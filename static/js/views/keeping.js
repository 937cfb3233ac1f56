/**
 * The session in words: whether it is connected and kept, until when, and the sessions before it that one can go on with.
 * @import { Child, OwnSession, State } from "../types"
 */
import { comingWords } from "../state/coming.js";
import { countText } from "./labels.js";
import { h, icon } from "./tree.js";

/** So many sessions are offered on the page; the dialog lists all. */
const MOST_OFFERED = 3;

/** @param {number} seconds since 1970 @param {string} [zone] the reader's own where none is given */
export function dateText(seconds, zone) {
  const format = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: zone });
  return format.format(new Date(seconds * 1000));
}

/** When it is tried again to connect; not read out each second. @param {State} state @returns {Child | null} */
export function retryView({ connection, keeping: { retry } }) {
  if (connection !== "lost") return null;
  return h("span.notice__count", { "aria-hidden": "true" }, retry === null ? "trying now …" : `next try in ${retry} s`);
}

/** What stays on the page as long as nothing is kept. @param {State} state @returns {State["notice"]} */
export function unsavedNotice({ keeping: { unsaved } }) {
  return unsaved === null ? null : { kind: "warning", about: "saving", text: unsaved };
}

/** @param {State} state @returns {unknown[]} */
export function sessionNeeds({ keeping, connection, session, coming }) {
  return keeping.open ? [keeping, connection, session, coming] : [null];
}

/** The dialog "This session". @param {State} state @returns {Child[]} */
export function sessionView(state) {
  const { open, own } = state.keeping;
  if (!open) return [];
  return [
    h("p", {}, connectionWords(state)),
    h("p", { id: "session-kept" }, keptWords(state)),
    h("h3.session__title", {}, "Earlier sessions of this browser"),
    own.length
      ? h("ul.session__list", {}, ...own.map((one, row) => h("li", { key: one.session }, goOnButton(one, row))))
      : h("p.session__none", {}, "None that could be gone on with."),
  ];
}

/** @param {State} state */
function connectionWords(state) {
  const { connection, keeping } = state;
  const retry = keeping.retry;
  if (comingWords(state)) return comingWords(state);
  if (connection === "open") return "Connected to the server.";
  if (connection === "lost") return `Not connected${retry === null ? "; trying now …" : `; next try in ${retry} s.`}`;
  return connection === "closed" ? "Disconnected." : "Connecting …";
}

/** @param {State} state */
function keptWords({ connection, keeping: { until, unsaved } }) {
  if (unsaved !== null) return unsaved;
  if (connection !== "open") return "What the server has confirmed is kept there.";
  if (until === null) return "This server keeps sessions only while it runs.";
  return `Everything you do is kept on this server until ${dateText(until)}, and longer each time you come back.`;
}

/** @param {OwnSession} own @param {number} row */
function goOnButton({ title, step, when }, row) {
  const attrs = { type: "button", "data-action": "go-on", "data-own": String(row) };
  return h("button.button.session__own", attrs, h("span.session__name", {}, title), h("span.session__when", {}, `step ${countText(step)}, ${when}`));
}

/** @param {State} state @returns {unknown[]} */
export function leftOffNeeds({ keeping, ui, server }) {
  return keeping.offer ? [keeping.own, ui.present, server === null, isFresh(server)] : [null];
}

/** Nothing has been done yet. @param {State["server"]} server */
function isFresh(server) {
  return server !== null && server.step === 0 && !server.edited;
}

/** In a new tab: the sessions that one may want back. @param {State} state @returns {Child[]} */
export function leftOffView({ keeping: { offer, own }, ui, server }) {
  if (!offer || !own.length || ui.present || !isFresh(server)) return [];
  const close = h("button.button.button--icon", { type: "button", "data-action": "left-off-dismiss", "aria-label": "Dismiss" }, icon("close"));
  const buttons = own.slice(0, MOST_OFFERED).map(goOnButton);
  return [h("div.left-off__card", {}, h("p", {}, "Go on where you left off"), h("div.left-off__own", {}, ...buttons), close)];
}
