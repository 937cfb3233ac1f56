/**
 * What is done to a table's rows before the network sees them, as a row of steps: each with its settings and with what has come
 * of it in figures, which are the server's.
 * @import { Child, Node, Part, Path, Preparation, State } from "../types"
 */
import { inputsFor } from "../state/bring.js";
import { PART_WORDS, PARTS } from "../state/parts.js";
import { shownSpec } from "../state/spec.js";
import { valuesText } from "./bringwords.js";
import { asks } from "./control.js";
import { fieldView } from "./field.js";
import { countText } from "./labels.js";
import { shapeMark } from "./mark.js";
import { h } from "./tree.js";

const TABLE = ["data", "table"];
/** Noise and copies are drawn from it. */
const DATA_SEED = ["seeds", "data"];
/** Settings of copies, and those of them that only pictures have. */
const OF_COPIES = ["jitter", "shift", "rotate"];
const OF_IMAGES = ["shift", "rotate"];

/** The steps in the order in which they are done; `word` instead of a field's title that says the same as the step's. @type {readonly {name: string, title: string, paths: readonly Path[], word?: string}[]} */
const STEPS = [
  { name: "missing", title: "Missing values", paths: [[...TABLE, "missing"]], word: "Rows with a gap" },
  { name: "encode", title: "Text to numbers", paths: [] },
  {
    name: "split",
    title: "Train, validation, test",
    paths: [["data", "train_fraction"], ["data", "validation_fraction"], [...TABLE, "stratify"], ["seeds", "split"]], // prettier-ignore
  },
  { name: "noise", title: "Noise", paths: [[...TABLE, "label_noise"], [...TABLE, "feature_noise"], DATA_SEED] },
  { name: "copies", title: "Changed copies", paths: ["copies", ...OF_COPIES].map((name) => [...TABLE, name]) },
  { name: "scale", title: "Scaling", paths: [[...TABLE, "scaling"]], word: "Method" },
];

/** @param {State} state @returns {Child[]} */
export function preparationView(state) {
  return [summaryView(state), h("ol.steps", { "aria-label": "Preparation, step by step" }, STEPS.map((step, at) => stepView(state, step, at)))];
}

/** Which table it is, and how much of it is used. @param {State} state */
function summaryView(state) {
  const { server, bring } = state;
  const { table } = shownSpec(state).data;
  const title = bring.used?.name === table?.name ? bring.used?.title : table?.name;
  const change = h("button.button.button--quiet", { type: "button", "data-action": "bring-change", "aria-haspopup": "dialog" }, "Change …");
  return h(
    "div.prepared",
    { key: "summary", "data-field": "data.table" },
    h("div.prepared__head", {}, h("strong.prepared__title", { title }, title ?? ""), change),
    h("p.prepared__facts", {}, factsText(state)),
    server?.shown ? h("p.prepared__facts", {}, `${countText(server.shown)} of them are drawn as points; training and figures use all.`) : null,
  );
}

/** @param {State} state */
function factsText({ server }) {
  const { preparation, inputs = [], labels = [], target } = server ?? {};
  if (!preparation) return "";
  const { rows, used } = preparation;
  const kept = used === rows ? `${countText(rows)} rows` : `${countText(used)} of ${countText(rows)} rows`;
  const what = labels.length ? `${target?.name} (${labels.length} classes)` : `${target?.name ?? ""}${target?.unit ? ` in ${target.unit}` : ""}`;
  return `${kept}, ${countText(inputs.length)} ${inputs.length === 1 ? "input" : "inputs"} → ${what}`;
}

/** @param {State} state @param {(typeof STEPS)[number]} step @param {number} at */
function stepView(state, { name, title, paths, word }, at) {
  const shown = paths.filter((path) => isMeant(state, path));
  const fields = /** @type {Node[]} */ (shown.map((path) => fieldView(state, path, word ? { title: word } : {})).filter(Boolean));
  const notes = (state.server?.preparation?.notes ?? []).filter(({ step }) => step === name);
  const leak = name === "scale" ? (state.server?.preparation?.notes ?? []).filter(({ step }) => step === "leak") : [];
  return h(
    "li.steps__step",
    { key: name, "data-step": name },
    h("h3.steps__title", {}, h("span.steps__number", { "aria-hidden": "true" }, String(at + 1)), title),
    fields.length ? h("div.fields", {}, fields) : null,
    notes.map(({ text }) => h("p.steps__note", {}, text)),
    name === "split" ? balanceView(state) : null,
    leak.map(({ text }) => h("p.steps__note.steps__note--leak", {}, text)),
  );
}

/** Fields that mean nothing now are not shown. @param {State} state @param {Path} path */
function isMeant(state, path) {
  const { server } = state;
  const { table } = shownSpec(state).data;
  const name = String(path.at(-1));
  if (path === DATA_SEED) return Boolean(table?.label_noise || table?.feature_noise || table?.copies);
  if (OF_COPIES.includes(name) && !table?.copies) return false;
  if (OF_IMAGES.includes(name)) return Boolean(server?.image);
  return name !== "stratify" || server?.task === "classification";
}

/** How many points of each class each part has, as bars over the parts' own size. @param {State} state */
function balanceView(state) {
  const { preparation, labels = [] } = state.server ?? {};
  if (!preparation || !state.palette) return null;
  const parts = PARTS.filter((part) => sum(preparation.balance[part]));
  return h(
    "div.balance",
    { role: "group", "aria-label": "Class balance" },
    parts.map((part) => partView(state, preparation, part)),
    labels.length ? h("ul.balance__key", {}, labels.map((label, at) => h("li", {}, shapeMark(state, at), label))) : null,
  );
}

/** @param {State} state @param {Preparation} preparation @param {Part} part */
function partView(state, { balance }, part) {
  const counts = balance[part];
  const all = sum(counts);
  const { labels = [] } = state.server ?? {};
  const words = labels.length ? counts.map((count, at) => `${labels[at]} ${countText(count)}`).join(", ") : "";
  let from = 0;
  const bars = counts.map((count, at) => {
    const [x, width] = [from, (100 * count) / all];
    from += width;
    return h("rect", { x: x.toFixed(2), y: 0, width: Math.max(0, width - 0.6).toFixed(2), height: 8, class: labels.length ? `class-${at}` : "balance__plain" });
  });
  return h(
    "div.balance__part",
    { key: part, "data-part-name": part, title: words },
    h("span.balance__word", {}, PART_WORDS[part]),
    h("svg.balance__bars", { viewBox: "0 0 100 8", preserveAspectRatio: "none", role: "img", "aria-label": words || `${countText(all)} rows` }, bars),
    h("output.balance__count", { "aria-live": "off" }, countText(all)),
  );
}

/** @param {readonly number[]} counts */
function sum(counts) {
  return counts.reduce((all, count) => all + count, 0);
}

/** Which columns of the table the network sees. @param {State} state @returns {Child[]} */
export function tableInputs(state) {
  const { used } = state.bring;
  const { table } = shownSpec(state).data;
  if (!table || !used || used.name !== table.name) return [h("p.inputs__wait", {}, "The columns are on their way …")];
  if (used.image) return [h("p.inputs__image", {}, `${used.image.width} × ${used.image.height} pixels, from 0 to ${used.image.high}`)];
  const all = inputsFor(used, table.target);
  const chosen = table.inputs.length ? all.filter((name) => table.inputs.includes(name)) : all;
  const rows = used.columns.filter(({ name }) => name !== table.target).map((column) => {
    const { name } = column;
    const on = chosen.includes(name);
    const next = all.filter((other) => (other === name ? !on : chosen.includes(other)));
    const why = column.unusable || null;
    const box = { type: "checkbox", checked: on, disabled: why !== null || (on && chosen.length === 1), "data-edits": asks([[[...TABLE, "inputs"], next]]) };
    const title = why ?? valuesText(column);
    return h("label.inputs__column", { key: name, title }, h("input.inputs__box", box), h("span.inputs__name", {}, name), h("span.inputs__values", {}, title));
  });
  return [h("div.inputs__columns", { role: "group", "aria-label": "Columns the network sees", "data-field": "data.table.inputs" }, rows)];
}
