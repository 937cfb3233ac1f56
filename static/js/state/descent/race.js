/**
 * The descent page's state: settings, the race that the server ran, and the step of it that is shown. Nothing is computed here:
 * what hands change is asked of the server anew.
 * @import { DescentAction, DescentState, Facts, Ground, Race, RacePath, Row, Settings } from "../../descenttypes"
 */
import { lookedAt, askedOf, queryOf } from "./address.js";
import { problemWith } from "./fields.js";

export const SPEEDS = [2, 5, 10, 20, 50];
const ALL = "rates";

/** @param {Facts} facts @returns {DescentState} */
export function firstState({ words, optimizers }) {
  return {
    words,
    optimizers,
    grounds: null,
    palette: null,
    settings: null,
    query: null,
    settling: false,
    race: null,
    step: 0,
    playing: false,
    speed: 10,
    whole: true,
    dragging: false,
    notice: null,
    typing: null,
    errors: {},
    webgl: null,
    eye: { around: 0, above: 0, near: 1 },
  };
}

/** The surface that is raced on. @param {DescentState} state @returns {Ground | null} */
export function groundOf({ grounds, settings }) {
  return grounds?.surfaces.find(({ name }) => name === settings?.surface) ?? null;
}

/** The last step of the race. @param {DescentState} state */
export function lastStep({ race }) {
  return race?.race.steps ?? 0;
}

/** The paths of those who run, on the surface that is shown. @param {DescentState} state @returns {readonly RacePath[]} */
export function pathsOf({ race, settings }) {
  if (!race || race.race.surface !== settings?.surface) return [];
  return race.paths.filter(({ optimizer }) => settings.on.includes(optimizer));
}

/** @param {DescentState} state @param {string} optimizer @returns {RacePath | null} */
export function pathOf(state, optimizer) {
  return pathsOf(state).find((path) => path.optimizer === optimizer) ?? null;
}

/** Where one is at the step that is shown; null once it is followed no further. @param {RacePath} path @param {number} step @returns {Row | null} */
export function rowAt({ rows }, step) {
  return rows[step] ?? null;
}

/** Settings changed by hand: the race is asked for anew. @param {DescentState} state @param {Partial<Settings>} change @returns {DescentState} */
function changed(state, change) {
  if (!state.settings) return state;
  const settings = { ...state.settings, ...change };
  const query = queryOf(settings);
  return { ...state, settings, query, settling: false, notice: null, step: state.playing ? 0 : state.step };
}

/** Who runs, in the vocabulary's order. @param {DescentState} state @param {string} optimizer @param {boolean} on */
function runs({ optimizers, settings }, optimizer, on) {
  return optimizers.filter((name) => (name === optimizer ? on : settings?.on.includes(name)));
}

/** @param {DescentState} state @param {string} name @returns {DescentState} */
function surfaceChosen(state, name) {
  const ground = state.grounds?.surfaces.find((one) => one.name === name);
  if (!ground || !state.settings) return state;
  const { start, steps, rates } = ground;
  const fresh = { ...state, step: 0, playing: false, race: null, errors: {}, typing: null };
  return changed(fresh, { surface: name, start, steps, rates });
}

/** @param {DescentState} state @param {Race} answer @returns {Settings} */
function settledBy({ grounds, settings }, { race: { surface, start, steps, momentum, runners } }) {
  const own = grounds?.surfaces.find(({ name }) => name === surface)?.rates ?? settings?.rates ?? {};
  const rates = { ...own, ...Object.fromEntries(runners.map(({ optimizer, rate }) => [optimizer, rate])) };
  return { surface, start, steps, momentum, rates, on: runners.map(({ optimizer }) => optimizer) };
}

/** @param {DescentState} state @param {{query: string, answer: Race}} action @returns {DescentState} */
function raced(state, { query, answer }) {
  const settle = state.settling && query === state.query;
  const settings = settle ? settledBy(state, answer) : state.settings;
  if (settings?.surface !== answer.race.surface) return state;
  const next = { ...state, settings, race: answer, settling: state.settling && !settle };
  if (settle) next.query = queryOf(/** @type {Settings} */ (settings));
  return { ...next, step: Math.min(state.step, lastStep(next)), playing: state.playing && state.step < lastStep(next) };
}

/** @param {DescentState} state @param {{query: string, message: string}} action @returns {DescentState} */
function refused(state, { query, message }) {
  if (query !== state.query) return state;
  if (!state.settling || query === "") return { ...state, notice: { kind: "error", text: message } };
  const text = String(state.words.bad_address).replace("{message}", message);
  return { ...state, query: "", step: 0, notice: { kind: "error", text } };
}

/** A field's text is meant: a number that can be, or words that say why it cannot. @param {DescentState} state @param {string} path @param {string} text @returns {DescentState} */
function set(state, path, text) {
  const value = Number(text.replace(",", ".").replace("−", "-"));
  const problem = problemWith(state, path, text.trim() === "" ? Number.NaN : value);
  if (problem) return { ...state, errors: { ...state.errors, [path]: problem } };
  const { [path]: _, ...errors } = state.errors;
  return changed({ ...state, errors: path === ALL ? withoutRates(errors) : errors, typing: null }, changeOf(state, path, value));
}

/** @param {Readonly<Record<string, string>>} errors */
function withoutRates(errors) {
  return Object.fromEntries(Object.entries(errors).filter(([path]) => !path.startsWith(ALL)));
}

/** @param {DescentState} state @param {string} path "x", "steps", "rates" for all, "rates.sgd" for one @param {number} value @returns {Partial<Settings>} */
function changeOf({ settings, optimizers }, path, value) {
  const [x, y] = settings?.start ?? [0, 0];
  if (path === "x") return { start: [value, y] };
  if (path === "y") return { start: [x, value] };
  if (path === ALL) return { rates: Object.fromEntries(optimizers.map((name) => [name, value])) };
  if (path.startsWith(`${ALL}.`)) return { rates: { ...settings?.rates, [path.slice(ALL.length + 1)]: value } };
  return { [path]: value };
}

/** @param {DescentState} state @param {number} step @returns {DescentState} */
function sought(state, step) {
  return { ...state, step: Math.max(0, Math.min(lastStep(state), step)) };
}

/** At the end it begins anew. @param {DescentState} state @param {boolean} on @returns {DescentState} */
function played(state, on) {
  if (!on || !lastStep(state)) return { ...state, playing: false };
  return { ...state, playing: true, step: state.step >= lastStep(state) ? 0 : state.step };
}

/** @param {DescentState} state @param {DescentAction} action @returns {DescentState} */
export function reduce(state, action) {
  switch (action.type) {
    case "grounds":
      return { ...state, grounds: action.grounds };
    case "palette":
      return { ...state, palette: action.palette };
    case "webgl":
      return { ...state, webgl: action.there };
    case "address":
      return { ...state, query: askedOf(action.search), settling: true, playing: false, errors: {}, typing: null, notice: null, ...lookedAt(action.search) };
    case "raced":
      return raced(state, action);
    case "refused":
      return refused(state, action);
    case "notice":
      return { ...state, notice: action.text === null ? null : { kind: "warning", text: action.text } };
    case "surface":
      return surfaceChosen(state, action.name);
    case "start":
      return changed({ ...state, errors: {}, typing: null }, { start: action.at });
    case "drag":
      return { ...state, dragging: action.on };
    case "typing":
      return { ...state, typing: action.text === null ? null : { path: action.path, text: action.text } };
    case "set":
      return set(state, action.path, action.text);
    case "run":
      return changed(state, { on: runs(state, action.optimizer, action.on) });
    case "whole":
      return { ...state, whole: action.on };
    case "seek":
      return sought(state, action.step);
    case "play":
      return played(state, action.on);
    case "speed":
      return { ...state, speed: action.speed };
    case "turn":
      return { ...state, eye: { around: action.around, above: action.above, near: action.near } };
  }
}
