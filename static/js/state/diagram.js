/**
 * What hands do to the network diagram: which weight is looked at, edited or pulled, and what its edges show. All pure.
 * A changed weight is one `set_weight` unanswered at most, and the newest value wins.
 * @import { Action, Command, DiagramState, LayerLayout, SentCommand, State, Stop, WeightRef } from "../types"
 */
import { whenShown } from "./frames.js";
import { pointedUnit } from "./inspect.js";
import { lockedText, refusalOf } from "./link.js";
import { problemOf } from "./schema.js";

/** @type {DiagramState} */
const FIRST_DIAGRAM = { mode: "weight", hovered: null, stop: null, editing: null, pull: null, features: null };

/** @param {WeightRef | null | undefined} one @param {WeightRef | null | undefined} other */
export function sameWeight(one, other) {
  if (!one || !other) return one === other;
  return one.layer === other.layer && one.unit === other.unit && one.input === other.input;
}

/** Where a weight lies in theta, gradient and update. @param {LayerLayout} layer @param {WeightRef} ref */
export function weightIndex({ offset, fan_in }, { unit, input }) {
  return offset + unit * (fan_in + 1) + (input ?? fan_in);
}

/** @param {readonly LayerLayout[]} layers @param {WeightRef} ref */
function exists(layers, { layer, unit, input }) {
  const found = layers[layer];
  return Boolean(found) && unit < found.fan_out && (input === null || input < found.fan_in);
}

/**
 * A weight's value, gradient and last update as the page shows them; what has not arrived is null.
 * @param {State} state
 * @param {WeightRef} ref
 */
export function numbersOf({ server, frame, diagram: { pull } }, ref) {
  const layers = server?.layers ?? [];
  if (!exists(layers, ref)) return { weight: null, gradient: null, update: null };
  const at = weightIndex(layers[ref.layer], ref);
  const pulled = pull && sameWeight(pull.ref, ref) ? pull.value : null;
  return {
    weight: pulled ?? frame?.theta.values[at] ?? null,
    gradient: frame?.gradient.values[at] ?? null,
    update: frame?.update?.values[at] ?? null,
  };
}

/** @param {State} state @param {Partial<DiagramState>} change @returns {State} */
function changed(state, change) {
  return { ...state, diagram: { ...state.diagram, ...change } };
}

/** @param {State} state @param {Extract<Action, {type: "edges"}>} action @returns {State} */
function edgesShow(state, { mode }) {
  return changed(state, { mode });
}

/** @param {State} state @param {Extract<Action, {type: "features"}>} action @returns {State} */
function featuresArrived(state, { features }) {
  return changed(state, { features });
}

/** @param {State} state @param {Extract<Action, {type: "hover-weight"}>} action @returns {State} */
function weightHovered(state, { ref }) {
  return sameWeight(ref, state.diagram.hovered) ? state : changed(state, { hovered: ref });
}

/** The keyboard's place; a unit in focus is looked at closely. @param {State} state @param {Extract<Action, {type: "stop"}>} action @returns {State} */
function stopped(state, { stop }) {
  if (stop === null && state.diagram.stop === null) return state;
  const unit = stop?.kind === "unit" && stop.column > 0 ? /** @type {const} */ ([stop.column - 1, stop.row]) : null;
  return pointedUnit(changed(state, { stop }), { type: "point-unit", unit });
}

/** @param {State} state @param {Extract<Action, {type: "edit-weight"}>} action @returns {State} */
function editingBegun(state, { ref }) {
  return changed(state, { editing: ref && { ref, text: null, error: null } });
}

/**
 * A number is being typed; when it is final it is asked for, or marked where it cannot be.
 * @param {State} state @param {Extract<Action, {type: "type-weight"}>} action @returns {State}
 */
function weightTyped(state, { text, final }) {
  const { editing } = state.diagram;
  if (!editing) return state;
  if (!final) return changed(state, { editing: { ...editing, text, error: null } });
  const value = Number(text.replace(",", ".").replace("−", "-"));
  const problem = problemOf(boundsOf(state), text.trim() === "" || Number.isNaN(value) ? text : value);
  const what = editing.ref.input === null ? "Bias" : "Weight";
  if (problem) return changed(state, { editing: { ...editing, text, error: `${what} ${problem}` } });
  const typed = changed(state, { editing: { ...editing, text: null, error: null } });
  return weightPulled(typed, { type: "pull-weight", ref: editing.ref, value, held: false });
}

/** What a weight may be, as the schema's bounds say. @param {State} state */
export function boundsOf(state) {
  const bound = state.schema?.bounds.weight ?? Infinity;
  /** @type {import("../types").Field} */
  const field = {
    path: [],
    name: "weight",
    kind: "number",
    title: "Weight",
    help: "",
    nullable: false,
    minimum: -bound,
    maximum: bound,
    above: false,
    below: false,
    choices: [],
    value: null,
    error: null,
  };
  return field;
}

/**
 * A hand gives a weight a value; while it is held more may follow.
 * @param {State} state @param {Extract<Action, {type: "pull-weight"}>} action @returns {State}
 */
export function weightPulled(state, { ref, value, held }) {
  if (!exists(state.server?.layers ?? [], ref)) return state;
  const lock = refusalOf(state.link, { type: "set_weight" });
  if (lock !== null) return { ...state, notice: { kind: "info", about: "link", text: lockedText(state.link, lock) } };
  const { minimum, maximum } = boundsOf(state);
  const bounded = Math.max(Number(minimum), Math.min(Number(maximum), value));
  const inFlight = state.diagram.pull?.inFlight ?? null;
  return changed(state, { pull: { ref, value: bounded, dirty: true, inFlight, released: !held } });
}

/** @param {State} state @returns {State} */
function weightReleased(state) {
  const { pull } = state.diagram;
  return pull ? changed(state, { pull: { ...pull, released: true } }) : state;
}

/** The weight to set now. @param {State} state @returns {Command | null} */
export function nextWeight({ connection, diagram: { pull } }) {
  if (!pull?.dirty || pull.inFlight !== null || connection !== "open") return null;
  return { type: "set_weight", ...pull.ref, value: pull.value };
}

/** @param {State} state @param {{command: SentCommand}} action @returns {State} */
function weightSent(state, { command }) {
  const { pull } = state.diagram;
  return pull && command.type === "set_weight" ? changed(state, { pull: { ...pull, dirty: false, inFlight: command.id } }) : state;
}

/** The value shown stays until the frame that carries it. @param {State} state @param {number | null} id @returns {State} */
function weightAnswered(state, id) {
  const { pull } = state.diagram;
  return pull && id !== null && pull.inFlight === id ? changed(state, { pull: { ...pull, inFlight: null } }) : state;
}

/** What was refused is not in force. @param {State} state @param {number | null} id @returns {State} */
function weightRefused(state, id) {
  const { pull } = state.diagram;
  return pull && id !== null && pull.inFlight === id ? changed(state, { pull: null }) : state;
}

/** A frame carries every weight that was answered. @param {State} state @returns {State} */
function weightsArrived(state) {
  const { pull } = state.diagram;
  return pull && pull.released && !pull.dirty && pull.inFlight === null ? changed(state, { pull: null }) : state;
}

/** What hands hold of a network that is no longer there is let go. @param {State} state @returns {State} */
function diagramKept(state) {
  const layers = state.server?.layers ?? [];
  const { hovered, editing, pull, stop } = state.diagram;
  return changed(state, {
    hovered: hovered && exists(layers, hovered) ? hovered : null,
    editing: editing && exists(layers, editing.ref) ? editing : null,
    pull: pull && exists(layers, pull.ref) ? pull : null,
    stop: stop && stopExists(layers, stop) ? stop : null,
  });
}

/** @param {readonly LayerLayout[]} layers @param {Stop} stop */
function stopExists(layers, stop) {
  if (stop.kind === "weight") return exists(layers, stop.ref);
  const count = stop.column ? layers[stop.column - 1]?.fan_out : layers[0]?.fan_in;
  return stop.row < (count ?? 0);
}

/** Nobody is left to answer. @param {State} state @returns {State} */
function handsOff(state) {
  return changed(state, { pull: null });
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { diagram: FIRST_DIAGRAM },
  actions: {
    edges: edgesShow,
    features: featuresArrived,
    "hover-weight": weightHovered,
    stop: stopped,
    "edit-weight": editingBegun,
    "type-weight": weightTyped,
    "pull-weight": weightPulled,
    "release-weight": weightReleased,
    connection: handsOff,
    frame: whenShown(weightsArrived),
    sent: weightSent,
  },
  messages: {
    state: diagramKept,
    ok: (state, { id }) => weightAnswered(state, id),
    error: (state, { id }) => weightRefused(state, id),
  },
  next: nextWeight,
};
