/**
 * Bringing data: what is on its way to the server, the table that is looked at before it is used, and the choice of its columns.
 * Nothing here touches the running session until the one command that uses the table. Pure.
 * @import { BringChoice, BringState, Command, PointRow, State, Task, ToldColumn, ToldTable } from "../types"
 */
import { bytesText } from "./bytes.js";
import { addingPoints, numberOf } from "./parts.js";

/** @type {BringState} */
export const FIRST_BRING = { open: false, bundled: null, kind: "table", upload: null, error: null, told: null, again: null, choice: null, inFlight: null, used: null };

/** @param {State} state @param {Partial<BringState>} change @returns {State} */
function changed(state, change) {
  return { ...state, bring: { ...state.bring, ...change } };
}

/** Whether a column says anything at all. @param {ToldTable} told @param {ToldColumn} column */
export function isEmpty({ rows }, { missing }) {
  return missing >= rows;
}

/** Whether pictures still need the file with what they show. @param {ToldTable} told */
export function waitsForLabels({ image, target }) {
  return image !== null && !target;
}

/** Classes for text and for a few different numbers, else a real number. @param {Pick<State, "schema">} state @param {ToldColumn} column @returns {Task} */
function taskOf({ schema }, { kind, distinct }) {
  return kind === "text" || distinct <= (schema?.bounds.classes ?? 0) ? "classification" : "regression";
}

/** What suggests itself for a table: the server's target, every other column that can be an input. @param {State} state @param {ToldTable} told @returns {BringChoice} */
function firstChoice(state, told) {
  if (waitsForLabels(told)) return { target: "", inputs: told.columns.map(({ name }) => name), task: "classification", missing: "drop" };
  const { data } = state.server?.spec ?? {};
  const missing = data?.table?.missing ?? "drop";
  if (data?.source === "table" && data.table?.name === told.name) {
    const { target, inputs } = data.table;
    return { target, inputs: inputs.length ? inputs : inputsFor(told, target), task: state.server?.task ?? "classification", missing };
  }
  const target = told.target || (told.columns.findLast((column) => !isEmpty(told, column))?.name ?? "");
  const column = told.columns.find(({ name }) => name === target);
  const task = target === told.target && told.task ? told.task : column ? taskOf(state, column) : "classification";
  return { target, inputs: inputsFor(told, target), task, missing };
}

/** Every column that can be an input. @param {ToldTable} told @param {string} target */
export function inputsFor(told, target) {
  return told.columns.filter(({ name, unusable }) => name !== target && !unusable).map(({ name }) => name);
}

/** A table has come to be looked at; `brought`: by the page, just now. @param {State} state @param {{told: ToldTable, brought?: boolean}} action @returns {State} */
function arrived(state, { told, brought }) {
  const again = brought ? told.name : state.bring.again;
  return changed(state, { told, again, choice: firstChoice(state, told), upload: null, error: null });
}

/** The target leaves the inputs, and the one before it comes among them. @param {State} state @param {{name: string}} action @returns {State} */
function targetChosen(state, { name }) {
  const { told, choice } = state.bring;
  const column = told?.columns.find((one) => one.name === name);
  if (!told || !choice || !column) return state;
  const wanted = new Set([...choice.inputs, choice.target]);
  wanted.delete(name);
  const inputs = inputsFor(told, name).filter((one) => wanted.has(one));
  return changed(state, { error: null, choice: { ...choice, target: name, inputs, task: taskOf(state, column) } });
}

/** @param {State} state @param {{name: string, on: boolean}} action @returns {State} */
function inputChosen(state, { name, on }) {
  const { told, choice } = state.bring;
  if (!told || !choice) return state;
  const wanted = new Set(choice.inputs);
  if (on) wanted.add(name);
  else wanted.delete(name);
  return changed(state, { error: null, choice: { ...choice, inputs: inputsFor(told, choice.target).filter((one) => wanted.has(one)) } });
}

/** All that can be, or none. @param {State} state @param {{on: boolean}} action @returns {State} */
function inputsChosen(state, { on }) {
  const { told, choice } = state.bring;
  if (!told || !choice) return state;
  return changed(state, { choice: { ...choice, inputs: on ? inputsFor(told, choice.target) : [] } });
}

/** Why the choice cannot be used yet; null where it can. @param {BringState} bring @returns {string | null} */
export function missingChoice({ told, choice }) {
  if (!told || !choice) return "No table has been chosen.";
  if (waitsForLabels(told)) return "Bring the file with the labels too.";
  if (!choice.target) return "Choose the column that is to be predicted.";
  if (!choice.inputs.length) return "Choose at least one input.";
  const target = told.columns.find(({ name }) => name === choice.target);
  if (choice.task === "regression" && target?.kind === "text") return `“${choice.target}” is text; a regression needs a number.`;
  return null;
}

/**
 * The one command that makes the table the session's data. Own points go; output and loss become what suits the task, where the
 * task is another one.
 * @param {State} state @returns {Command | null}
 */
export function usingCommand(state) {
  const { told, choice } = state.bring;
  if (!told || !choice || missingChoice(state.bring)) return null;
  const { target, task, missing } = choice;
  // Every column that can be an input is the server's own choice; hundreds of pixels need no naming.
  const inputs = choice.inputs.length === inputsFor(told, target).length ? [] : choice.inputs;
  const data = { source: "table", task, points: [], table: { name: told.name, target, inputs, missing } };
  const other = task !== state.server?.task;
  return { type: "set_spec", spec: other ? { data, network: { output: "auto" }, training: { loss: "auto" } } : { data } };
}

/** What makes a points file the points of the board again: classes, where all its labels are. @param {State} state @returns {Command[]} */
export function pointsCommands(state) {
  const points = state.bring.told?.points ?? [];
  const most = state.schema?.bounds.classes ?? 2;
  const classes = points.every(([, , label]) => Number.isInteger(label) && label >= 0 && label < most);
  const count = points.reduce((all, [, , label]) => Math.max(all, label + 1), 2);
  const data = { source: "points", points: [], task: classes ? "classification" : "regression", ...(classes ? { classes: count } : {}) };
  const rows = points.map(([x1, x2, label, part], id) => /** @type {PointRow} */ ([id, x1, x2, label, numberOf(part)]));
  return [{ type: "set_spec", spec: { data } }, ...addingPoints(rows)];
}

/** @param {import("../types").Command} command */
function usesTable({ type, spec }) {
  return type === "set_spec" && /** @type {any} */ (spec)?.data?.source === "table";
}

/**
 * Why a file is not even sent, in words; null where it can be. The bounds are the server's; one that it has not told is its own to hold.
 * @param {Pick<State, "schema">} state @param {number} size bytes @param {BringState["kind"]} kind
 */
export function tooLarge({ schema }, size, kind) {
  const most = schema?.bounds[kind === "images" ? "image_bytes" : "table_bytes"] ?? Infinity;
  if (size === 0) return "There is nothing in it: 0 bytes.";
  // Rounded up, so that it never reads as what is allowed.
  return size > most ? `It has ${bytesText(Math.ceil(size / 1e5) * 1e5)}; allowed: at most ${bytesText(most)}. Nothing was sent.` : null;
}

/** The table of the spec whose columns are not known here yet; null: none. @param {State} state @returns {string | null} */
export function unknownTable({ server, bring }) {
  const data = server?.spec.data;
  if (data?.source !== "table" || !data.table || bring.used?.name === data.table.name) return null;
  return data.table.name;
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { bring: FIRST_BRING },
  actions: {
    bring: (state, { change }) => changed(state, change),
    "bring-told": arrived,
    "bring-used": (state, { told }) => changed(state, { used: told }),
    "bring-target": targetChosen,
    "bring-input": inputChosen,
    "bring-inputs": inputsChosen,
    sent: (state, { command }) => (state.bring.open && usesTable(command) ? changed(state, { inFlight: command.id, error: null }) : state),
    connection: (state) => changed(state, { inFlight: null }),
  },
  messages: {
    ok: (state, { id }) => (id === state.bring.inFlight ? changed(state, { inFlight: null, open: false, used: state.bring.told }) : state),
    error: (state, { id, message }) =>
      id !== null && id === state.bring.inFlight ? changed(state, { inFlight: null, error: { way: "use", message } }) : state,
  },
};
