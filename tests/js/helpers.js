/**
 * A state as a page has it after joining, and small makers of what arrives. @import { Frame, ServerState, State, PointRow } from "../../static/js/types"
 */
import { INITIAL, reduce } from "../../static/js/state.js";

/** @type {any} the part of the schema that the tests lean on, as pydantic writes it */
export const EXPERIMENT = {
  type: "object",
  properties: {
    data: { $ref: "#/$defs/DataSpec" },
    inputs: { type: "array", title: "Inputs", items: { $ref: "#/$defs/Feature" }, minItems: 1 },
    network: { $ref: "#/$defs/NetworkSpec" },
    training: { $ref: "#/$defs/TrainingSpec" },
  },
  $defs: {
    Feature: { enum: ["x1", "x2", "x1^2"], type: "string" },
    Initializer: { enum: ["zeros", "normal"], type: "string", title: "Initializer" },
    DataSpec: {
      type: "object",
      properties: {
        noise: {
          type: "number",
          title: "Noise",
          description: "0 draws the clean shape.",
          minimum: 0,
          maximum: 0.5,
          default: 0.1,
        },
        classes: { type: "integer", title: "Classes", minimum: 2, maximum: 6 },
        samples: { type: "integer", title: "Samples", minimum: 0, maximum: 5000 },
      },
    },
    NetworkSpec: {
      type: "object",
      properties: { layers: { type: "array", items: { $ref: "#/$defs/LayerSpec" }, maxItems: 10 } },
    },
    LayerSpec: {
      type: "object",
      properties: {
        units: { type: "integer", title: "Units", minimum: 1, maximum: 64 },
        initializer: {
          anyOf: [{ $ref: "#/$defs/Initializer" }, { type: "null" }],
          title: "Initialiser",
          default: null,
        },
      },
    },
    TrainingSpec: {
      type: "object",
      properties: {
        optimizer: {
          title: "Optimiser",
          discriminator: { propertyName: "name", mapping: { sgd: "#/$defs/Sgd", adam: "#/$defs/Adam" } },
          oneOf: [{ $ref: "#/$defs/Sgd" }, { $ref: "#/$defs/Adam" }],
        },
        batch_size: {
          anyOf: [{ type: "integer", minimum: 1, maximum: 5000 }, { type: "null" }],
          title: "Batch size",
        },
        shuffle: { type: "boolean", title: "Shuffle" },
      },
    },
    Sgd: {
      type: "object",
      properties: { learning_rate: { $ref: "#/$defs/Rate" }, name: { const: "sgd", type: "string" } },
    },
    Adam: {
      type: "object",
      properties: {
        learning_rate: { $ref: "#/$defs/Rate" },
        name: { const: "adam", type: "string" },
        betas: {
          type: "array",
          title: "Betas",
          prefixItems: [
            { type: "number", minimum: 0, exclusiveMaximum: 1 },
            { type: "number", minimum: 0, exclusiveMaximum: 1 },
          ],
        },
      },
    },
    Rate: { type: "number", title: "Learning rate", minimum: 0, maximum: 10 },
  },
};

/** @type {any} */
export const SPEC = {
  data: { source: "spiral", task: "auto", noise: 0.1, classes: 2, samples: 500, points: [] },
  inputs: ["x1", "x2"],
  network: { layers: [{ units: 2, activation: "tanh", initializer: null }], initializer: "normal" },
  training: { optimizer: { name: "adam", learning_rate: 0.03, betas: [0.9, 0.999] }, batch_size: 10, shuffle: true },
  seeds: { data: 0, split: 0, weights: 0, order: 0 },
};

/** @type {ServerState} */
export const SERVER = {
  type: "state",
  revision: 1,
  phase: "paused",
  spec: SPEC,
  task: "classification",
  output: "sigmoid",
  loss: "binary_cross_entropy",
  middle: 0.5,
  layers: [
    { fan_in: 2, fan_out: 2, activation: "tanh", offset: 0, batch_norm: null },
    { fan_in: 2, fan_out: 1, activation: "sigmoid", offset: 6, batch_norm: null },
  ],
  parameters: 9,
  epochs_per_second: 30,
  view: { grid: 100, maps: true, map_grid: 32, extent: 6, centre: [0, 0] },
  step: 0,
  epoch: 0,
  edited: false,
  undo: 0,
  redo: 0,
};

export const PALETTE = {
  negative: "#ff0000",
  neutral: "#808080",
  positive: "#0000ff",
  classes: ["#ff0000", "#0000ff", "#00ff00"],
  strength: 1,
  scale: 1,
  ink: "#000000",
  muted: "#777777",
  hairline: "#cccccc",
  surface: "#ffffff",
  train: "#111111",
  validation: "#181818",
  test: "#222222",
  lines: ["#000001", "#000002", "#000003", "#000004", "#000005", "#000006"],
  font: "sans-serif",
};

/** @type {readonly PointRow[]} */
export const POINTS = [
  [0, 1, 1, 0, 0],
  [1, -1, -1, 1, 2],
];

/** @param {State} state @param {...any} actions @returns {State} */
export function after(state, ...actions) {
  return actions.reduce(reduce, state);
}

/** What tells of points that nobody has edited. */
const UNEDITED = { edited: false, undo: 0, redo: 0 };

/** @param {any} message */
export const told = (message) => ({ type: "message", message: message.type === "points" ? { ...UNEDITED, ...message } : message });

/** @returns {State} */
export function joined() {
  return after(
    INITIAL,
    { type: "schema", schema: { protocol: 1, experiment: EXPERIMENT, bounds: {} } },
    { type: "palette", palette: PALETTE },
    told({ type: "welcome", protocol: 1, session: "abc", resumed: false, spec_refused: null }),
    told(SERVER),
    told({ type: "points", data_revision: 1, points: POINTS }),
  );
}

/** @param {Partial<Frame>} [facts] @returns {Frame} */
export function frame(facts = {}) {
  const columns = [
    "step",
    "epoch",
    "train_loss",
    "test_loss",
    "train_score",
    "test_score",
    "penalty",
    "learning_rate",
  ];
  const now = {
    train_loss: 0.5,
    test_loss: 0.6,
    train_score: 0.75,
    test_score: 0.5,
    penalty: 0,
    learning_rate: 0.03,
  };
  return {
    number: 1,
    revision: 1,
    data_revision: 1,
    step: 25,
    epoch: 1,
    now,
    boundary_range: [0, 1],
    centre: [0, 0],
    extent: 6,
    probe_at: null,
    focus_unit: null,
    focus_range: null,
    figures: true,
    loss_columns: columns,
    boundary: { shape: [1, 2, 2], values: Uint8Array.of(0, 255, 127, 128) },
    maps: { shape: [2, 1, 1], values: Uint8Array.of(0, 255) },
    map_ranges: { shape: [2, 2], values: Float32Array.of(-1, 1, 0, 1) },
    theta: { shape: [9], values: Float64Array.of(1, -2, 0.5, 0, 3, -0.5, 1, -1, 0.25) },
    gradient: { shape: [9], values: new Float32Array(9) },
    predictions: { shape: [1, 2], values: Float32Array.of(0.2, 0.7) },
    probe: { shape: [0], values: new Float32Array(0) },
    focus: { shape: [0, 0], values: new Uint8Array(0) },
    losses: { shape: [1, 8], values: Float64Array.of(25, 1, 0.5, 0.6, 0.75, 0.5, 0, 0.03) },
    ...facts,
  };
}
