/**
 * What the page's address may say: `?hide=` and `?lock=` for lesson pages, presenter mode, a theme; and what a stage of a lesson
 * adds to it. Pure: text in, facts out. docs/link.md is its description for people.
 * @import { Command, Link, Path, Schema, State } from "../types"
 */
import { resolve } from "./schema.js";

/** Parts of the page, by the names that a link uses, as they are called in a sentence. @type {Readonly<Record<string, string>>} */
export const PARTS = {
  bar: "top bar",
  transport: "transport",
  counters: "counters",
  data: "data",
  inputs: "inputs",
  network: "network",
  training: "training",
  board: "board",
  tools: "tools of the board",
  chart: "charts",
  timeline: "timeline",
  drawer: "panels at the foot",
  presets: "presets",
  experiments: "saved experiments",
  lessons: "lessons",
  help: "help",
};

/** Single buttons: `button-NAME` on the page. */
const BUTTONS = ["play", "sample", "step", "epoch", "reset", "new-weights", "speed", "undo", "redo", "present", "theme", "shortcuts", "share"];
const SETTINGS = ["data", "inputs", "network", "training", "seeds"];
const KEYS = ["hide", "lock", "present", "theme", "language"];
export const THEMES = ["system", "light", "dark", "contrast"];

/** @type {Link} */
export const NO_LINK = { hide: [], lock: [], present: false, theme: null, unknown: [] };

/** The seeds stand in the panel of what they draw. @type {Readonly<Record<string, string>>} */
const SEEDS = { data: "data", split: "data", weights: "network", order: "training" };

/** Whose business a command is. What is missing here (views, pointing) can always be asked for. @type {Readonly<Record<string, readonly string[]>>} */
const CONCERNS = {
  play: ["bar", "transport", "play"],
  pause: ["bar", "transport", "play"],
  reset: ["bar", "transport", "reset"],
  new_weights: ["bar", "transport", "new-weights"],
  set_speed: ["bar", "transport", "speed"],
  add_points: ["board"],
  move_points: ["board"],
  relabel_points: ["board"],
  delete_points: ["board"],
  set_part: ["board"],
  undo: ["board", "undo"],
  redo: ["board", "redo"],
  set_weight: ["network"],
  // A walk takes the step in the end; closing it is everybody's.
  walk: ["bar", "transport", "step", "drawer"],
  seek: ["timeline"],
  switch_branch: ["timeline"],
  name_branch: ["timeline"],
  drop_branch: ["timeline"],
};

/** @param {string} search the address from "?" on @returns {Link} */
export function parseLink(search) {
  const said = new URLSearchParams(search);
  const names = (/** @type {string} */ key) => [...new Set(said.getAll(key).flatMap(split))];
  const theme = said.get("theme");
  const unknown = [...new Set(said.keys())].filter((key) => !KEYS.includes(key)).map((key) => `“${key}”`);
  if (theme !== null && !THEMES.includes(theme)) unknown.push(`“${theme}” in theme`);
  return {
    hide: names("hide"),
    lock: names("lock"),
    present: said.has("present") && said.get("present") !== "0",
    theme: theme !== null && THEMES.includes(theme) ? theme : null,
    unknown,
  };
}

/** @param {string} list */
function split(list) {
  return list
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
}

/**
 * What a link says that means nothing, as one sentence; null when all is known. Paths are looked up in the spec's schema.
 * @param {Link} link @param {Schema} experiment
 */
export function complaint(link, experiment) {
  const strange = (/** @type {"hide" | "lock"} */ key) =>
    link[key].filter((name) => !isKnown(name, experiment)).map((name) => `“${name}” in ${key}`);
  const all = [...link.unknown, ...strange("hide"), ...strange("lock")];
  if (!all.length) return null;
  return `Unknown in the link, and ignored: ${all.join(", ")}.`;
}

/** @param {string} name @param {Schema} experiment */
function isKnown(name, experiment) {
  return Object.hasOwn(PARTS, name) || BUTTONS.includes(name) || hasPath(experiment, experiment, name.split("."));
}

/** Whether some spec has a field at `path`; list positions may be left out. @param {Schema} root @param {Schema} schema @param {readonly string[]} path @returns {boolean} */
function hasPath(root, schema, path) {
  if (!path.length) return true;
  const here = resolve(root, schema);
  const [key, ...rest] = path;
  const kinds = [...(here.anyOf ?? []), ...(here.oneOf ?? [])];
  if (kinds.some((kind) => hasPath(root, kind, path))) return true;
  if (here.items) return hasPath(root, here.items, /^\d+$/.test(key) ? rest : path);
  const next = here.properties && Object.hasOwn(here.properties, key) ? here.properties[key] : null;
  return next !== null && hasPath(root, next, rest);
}

/**
 * Whether a field stands at or below one of `names`: `network.layers` names all of its layers' fields, and
 * `network.layers.units` the units of each.
 * @param {readonly string[]} names @param {Path} path
 */
export function covers(names, path) {
  if (!names.length || !path.length) return false;
  const full = [...path.join("."), "."].join("");
  const plain = `${path.filter((key) => typeof key !== "number" && !/^\d+$/.test(key)).join(".")}.`;
  const panel = path[0] === "seeds" ? (SEEDS[String(path[1])] ?? "") : "";
  return names.some((name) => full.startsWith(`${name}.`) || plain.startsWith(`${name}.`) || name === panel);
}

/** The lock that stands against a command, by its name in the link; null if there is none. @param {Link} link @param {Command} command */
export function refusalOf({ lock }, command) {
  if (!lock.length) return null;
  if (command.type === "set_spec") return lockedIn(lock, command.spec, Boolean(command.replace));
  const step = ["bar", "transport", command.epochs ? "epoch" : "step"];
  const concerns = command.type === "step" ? step : (CONCERNS[command.type] ?? []);
  return concerns.find((name) => lock.includes(name)) ?? null;
}

/**
 * The first lock that a changed spec would break. One that replaces everything breaks any lock of the settings.
 * @param {readonly string[]} lock @param {unknown} spec @param {boolean} replace
 */
function lockedIn(lock, spec, replace) {
  if (replace) return lock.find(isSetting) ?? null;
  const paths = leaves(spec, []);
  return lock.find((name) => paths.some((path) => covers([name], path) || name.startsWith(`${path.join(".")}.`))) ?? null;
}

/** @param {unknown} value @param {Path} path @returns {Path[]} */
function leaves(value, path) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, below]) => leaves(below, [...path, key]));
}

/** Who has locked something: a lesson, where it has its word in the link. @param {Link} link */
export const lockedBy = ({ lesson = false }) => `Locked by the ${lesson ? "lesson" : "link"}`;

/** @param {Link} link @param {string} name a lock's @returns {string} what to tell whoever tries */
export function lockedText(link, name) {
  return `${lockedBy(link)}: ${PARTS[name] ?? name}.`;
}

/** @param {string} name */
function isSetting(name) {
  return SETTINGS.includes(name.split(".")[0]);
}

/** Whether a part or button is locked; a preset, or a saved experiment, would change whatever setting is. @param {Link} link @param {string} name */
export function isLocked({ lock }, name) {
  return lock.includes(name) || (["presets", "experiments"].includes(name) && lock.some(isSetting));
}

/** What stays whatever a lesson shows: the way to the lessons, the look of the page, help. */
const ALWAYS = ["bar", "lessons", "help"];

/**
 * The page as a stage of a lesson wants it, beside what the address says.
 * @param {State} state @param {{show: readonly string[] | null, hide: readonly string[], lock: readonly string[], panel: string | null}} stage @returns {State}
 */
export function restrictedTo(state, { show, hide, lock, panel }) {
  const shown = show && [...ALWAYS, ...show, ...(panel ? ["drawer"] : [])];
  const others = shown ? Object.keys(PARTS).filter((name) => !shown.includes(name)) : [];
  const { address } = state;
  const link = { ...address, hide: [...new Set([...address.hide, ...others, ...hide])], lock: [...new Set([...address.lock, ...lock])], lesson: true };
  const same = ["hide", "lock"].every((key) => String(link[/** @type {"hide"} */ (key)]) === String(state.link[/** @type {"hide"} */ (key)]));
  return same ? state : { ...state, link };
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { link: NO_LINK, address: NO_LINK },
  actions: { link: (state, { link }) => ({ ...state, link, address: link }) },
};
