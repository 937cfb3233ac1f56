/** What travels on the wire and what the page keeps. The server's pydantic models are the source; docs/protocol.md explains. */

export type Task = "classification" | "regression";
export type Phase = "paused" | "playing" | "diverged" | "seeking" | "benching";
export type Path = readonly (string | number)[];
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** id, x1, x2, label, part: its place in `PARTS` (state/parts.js). */
export type PointRow = readonly [number, number, number, number, number];
export type Part = "train" | "validation" | "test";

export interface LayerLayout {
  fan_in: number;
  fan_out: number;
  activation: string;
  offset: number;
  batch_norm: number | null;
}

export interface LayerSpec {
  units: number;
  activation: string;
  dropout: number;
  batch_norm: boolean;
  initializer: string | null;
}

export interface Experiment {
  data: {
    source: string;
    task: string;
    classes: number;
    samples: number;
    train_fraction?: number;
    validation_fraction?: number;
    points: readonly (readonly number[])[];
    /** Null or left out unless the source is a table. */
    table?: TableChoice | null;
  };
  inputs: readonly string[];
  network: { layers: readonly LayerSpec[]; initializer: string; output?: string; frozen?: readonly Frozen[] };
  training: { optimizer: { name: string; learning_rate: number }; schedule: { name: string }; batch_size: number | null };
  seeds: { data: number; split: number; weights: number; order: number };
}

export interface View {
  grid: number;
  maps: boolean;
  map_grid: number;
  extent: number;
  /** x1, x2 in the middle of the pictures, which span centre +/- extent; the server keeps them on the board. */
  centre: readonly [number, number];
  /** Frames carry `metrics`, `cells` and `roc`. */
  metrics?: boolean;
  /** Frames carry `readings`, `curvature`, `health`, `histograms` and `histogram_ranges`. */
  diagnostics?: boolean;
  /** Of a table with several inputs. */
  plane?: Plane | null;
}

export interface ServerState {
  type: "state";
  revision: number;
  phase: Phase;
  spec: Experiment;
  task: Task;
  output: string;
  loss: string;
  /** From which output on a point counts as class 1; null for regression and for several outputs. */
  middle: number | null;
  layers: readonly LayerLayout[];
  parameters: number;
  epochs_per_second: number | null;
  /** At most one of the two paces is given; neither: flat out. */
  steps_per_second?: number | null;
  /** The learning rate that the schedule gives, as at most 64 pairs of epoch and rate. */
  schedule_preview?: readonly (readonly [number, number])[];
  view: View;
  step: number;
  epoch: number;
  edited: boolean;
  /** How many edits of points can be taken back, and done again. */
  undo: number;
  redo: number;
  /** One for each input of the network. */
  inputs?: readonly InputColumn[];
  /** The classes' names. */
  labels?: readonly string[];
  target?: { name: string; unit: string };
  image?: { width: number; height: number; high: number } | null;
  /** What the board's two directions mean. */
  axes?: readonly [Axis, Axis];
  chart?: Chart;
  preparation?: Preparation | null;
  /** How many of all rows are points; null: all. */
  shown?: number | null;
}

/** What the board shows: x1 and x2 themselves, two inputs while the others are held, two principal components, or one input and the target. */
export type Chart = "plane" | "slice" | "pca" | "curve";
/** An input of the network; the network sees (raw - shift) / scale. */
export interface InputColumn {
  name: string;
  unit: string;
  /** The table's column. */
  column: string;
  /** Least, largest and mean raw value of the training part. */
  low: number;
  high: number;
  middle: number;
  shift: number;
  scale: number;
  /** One category of a text column: 0 or 1. */
  indicator: boolean;
}
/** raw = middle + scale * board unit. */
export interface Axis {
  name: string;
  unit: string;
  /** Its place among the inputs; null for components and the target. */
  input: number | null;
  middle: number;
  scale: number;
}
/** What was done to a table's rows. */
export interface Preparation {
  rows: number;
  used: number;
  notes: readonly { step: string; text: string }[];
  /** Counts by class. */
  balance: { train: readonly number[]; validation: readonly number[]; test: readonly number[] };
}
/** Which plane through the inputs the board shows; inputs not on an axis are those of `row`, or the mean, but for `values`. */
export interface Plane {
  /** auto: what tells most, as `State.chart` says. */
  kind: "auto" | "slice" | "pca";
  axes: readonly [number, number];
  row: number | null;
  values: readonly (readonly [number, number])[];
}

/** `data.table` of a spec. */
export interface TableChoice {
  name: string;
  target: string;
  inputs: readonly string[];
  missing: string;
  scaling: string;
  label_noise?: number;
  feature_noise?: number;
  copies?: number;
}
/** A table of the server's own (`GET /api/tables`). */
export interface BundledTable {
  name: string;
  title: string;
  text: string;
  rows: number;
  columns: number;
  target: string;
  task: Task;
  classes: number;
  image: ToldTable["image"];
}
/** What is told of a table. */
export interface ToldTable {
  name: string;
  title: string;
  rows: number;
  columns: readonly ToldColumn[];
  /** Rows of cells as they stand in the file. */
  preview: readonly (readonly string[])[];
  encoding: string;
  separator: string;
  header: boolean;
  /** `message` begins with line and column, where it is about one. */
  problems: readonly { line: number | null; column: string | null; message: string }[];
  problem_count: number;
  /** Empty, and no task, where pictures still wait for their labels. */
  target: string;
  task: Task | null;
  /** x1, x2, label, part of a points file that was saved from here; else null. */
  points: readonly (readonly [number, number, number, Part])[] | null;
  image: { width: number; height: number; high: number } | null;
}
export interface ToldColumn {
  name: string;
  unit: string;
  kind: "number" | "text";
  missing: number;
  distinct: number;
  low: number | null;
  high: number | null;
  mean: number | null;
  constant: boolean;
  /** Why it can be no input; empty where it can. */
  unusable: string;
  examples: readonly string[];
}
/** What a person makes of a told table before using it. */
export interface BringChoice {
  target: string;
  inputs: readonly string[];
  task: Task;
  missing: string;
}
/** The ways of bringing data, and using it in the end. */
export type BringWay = "bundled" | "file" | "paste" | "use";
/** The dialog "Your data" (state/bring.js). */
export interface BringState {
  open: boolean;
  /** Null until somebody has asked for them. */
  bundled: readonly BundledTable[] | null;
  /** What a file is read as. */
  kind: "table" | "images";
  /** What is on its way to the server, in bytes; null: nothing. */
  upload: { title: string; sent: number; total: number } | null;
  /** What is wrong, and with which way. */
  error: { way: BringWay; message: string } | null;
  /** The table that is looked at, and what is to be made of it. */
  told: ToldTable | null;
  /** The table whose file or text the page still has, to be read again in another way. */
  again: string | null;
  choice: BringChoice | null;
  /** The id of the unanswered command that uses it, if any. */
  inFlight: number | null;
  /** The table that the spec names, for its columns. */
  used: ToldTable | null;
}

export interface Welcome {
  type: "welcome";
  protocol: number;
  session: string;
  resumed: boolean;
  spec_refused: string | null;
  /** Why the session that was asked for is not there any more. */
  not_resumed?: string | null;
  /** Seconds since 1970 from which a session that nobody has looked at since may go; null: it ends with the server. */
  kept_until?: number | null;
}
/** Whether what happens is kept. */
export interface Saving {
  type: "saving";
  ok: boolean;
  message: string;
}
/** A sign of life. */
export interface Pong {
  type: "pong";
}
export interface Ok {
  type: "ok";
  id: number;
  ids: readonly number[];
  seed: number | null;
}
export interface Refusal {
  type: "error";
  id: number | null;
  code: string;
  message: string;
  path: Path;
}
export interface PointsMessage {
  type: "points";
  data_revision: number;
  /** Left out or null: `points` are all; else they take the places of those of their ids. */
  since?: number | null;
  points: readonly PointRow[];
  edited: boolean;
  undo: number;
  redo: number;
}
export interface PhaseChanged {
  type: "phase";
  phase: Phase;
  step: number;
  epoch: number;
}
export interface Diverged {
  type: "diverged";
  step: number;
  cause: string;
  layer: number | null;
  message: string;
}
/** Early stopping has paused training. */
export interface Stopped {
  type: "stopped";
  step: number;
  epoch: number;
  best_epoch: number;
  loss_part: "train" | "test";
  restored: boolean;
  message: string;
}
/** A step "until" has ended by itself. */
export interface Reached {
  type: "reached";
  step: number;
  epoch: number;
  reached: boolean;
  message: string;
}
/** All that has happened to the run and that its charts should tell; the whole list each time. */
export interface Marks {
  type: "marks";
  marks: readonly Mark[];
}
export interface Mark {
  step: number;
  epoch: number;
  kind: "rate" | "training" | "points" | "weights" | "stopped" | "diverged";
  text: string;
}
export type ServerMessage = Welcome | Ok | Refusal | ServerState | PointsMessage | PhaseChanged | Diverged | Stopped | Reached | Marks | Timeline | Curves | Batch | Walk | ChainTold | GradientCheck | RowsTold | BenchTold | Saving | Pong | Verdict;

/** Answers `rows`: points with all their values, raw and in the order of the inputs. */
export interface RowsTold {
  type: "rows";
  rows: readonly { id: number; values: readonly number[]; label: number; part: number }[];
}

/** How the trainings of a bench stand: all that are done, of `total`. */
export interface BenchTold {
  type: "bench";
  epochs: number;
  total: number;
  results: readonly BenchResult[];
  done: boolean;
  /** What they show, in words. */
  text: string;
  task: Task;
  /** Each began with the weights that were brought, not with the seed's. */
  brought: boolean;
  /** Points or settings have changed since; told to a page that comes later. */
  stale: boolean;
}
/** One training on `size` points; without penalties, weight decay and dropout where `regularised` is false. */
export interface BenchResult {
  size: number;
  regularised: boolean;
  train_loss: number | null;
  test_loss: number | null;
  train_score: number | null;
  test_score: number | null;
  diverged: boolean;
  curve: readonly { epoch: number; train_loss: number | null; test_loss: number | null }[];
}

/** Answers `check_gradient`. */
export interface GradientCheck {
  type: "gradient_check";
  step: number;
  parameters: number;
  checked: number;
  /** How many training points made the loss. */
  points: number;
  h: number;
  /** Of the whole vectors; null where no parameter counts. */
  distance: number | null;
  verdict: "right" | "doubtful" | "wrong";
  text: string;
  /** Worst first, at most 200; those across a kink last. */
  rows: readonly GradientRow[];
}
/** One parameter's derivative of the training loss, told twice. */
export interface GradientRow {
  /** Its place in theta. */
  index: number;
  layer: number;
  unit: number;
  /** Null for a bias, gamma and beta. */
  input: number | null;
  kind: "weight" | "bias" | "gamma" | "beta";
  analytic: number;
  numeric: number;
  /** Relative, 0 to 1. */
  error: number;
  /** The difference reaches across a kink, where there is no derivative; it does not count. */
  kink: boolean;
}

/** Where the walk through one step stands; while `open` is false all else is empty. Numbers that are not finite are null. */
export interface Walk {
  type: "walk";
  open: boolean;
  /** Updates done before the step that is walked through. */
  step: number;
  stop: number;
  stops: readonly WalkStop[];
  /** The id of the chosen point of the batch. */
  sample: number | null;
  /** The weights are those after the step. */
  applied: boolean;
  loss: number | null;
  rate: number | null;
  text: string;
  /** MathML elements: the stop's formula, and the same with this step's numbers. */
  symbols: string;
  numbers: readonly string[];
  layers: readonly LayerNumbers[];
  /** At the stops gradient and update; null for more than 2000 parameters. */
  parameters: StepNumbers | null;
  /** w1, w2, b; null unless the network is one unit on x1 and x2. */
  line: { before: readonly [number, number, number]; after: readonly [number, number, number] } | null;
}
/** The batch of the step that is walked through, told once a step before its first `walk`. */
export interface Batch {
  type: "batch";
  step: number;
  /** Ids of its points, in its order. */
  samples: readonly number[];
  /** One of each; the batch's loss is their mean. */
  losses: readonly (number | null)[];
}
/** Layers count hidden ones from 0, then the output layer; null where it is about all. */
export interface WalkStop {
  kind: "forward" | "loss" | "backward" | "gradient" | "update";
  layer: number | null;
  title: string;
}
/** One layer's numbers for the chosen sample; `delta` is the slope of that sample's own loss. */
export interface LayerNumbers {
  inputs: readonly (number | null)[];
  z: readonly (number | null)[];
  a: readonly (number | null)[];
  slope: readonly (number | null)[] | null;
  delta: readonly (number | null)[];
}
/** One number for each parameter, as `theta` lies; null where the optimiser has no such thing. */
export interface StepNumbers {
  before: readonly (number | null)[];
  data_gradient: readonly (number | null)[];
  penalty_gradient: readonly (number | null)[];
  clipped_gradient: readonly (number | null)[];
  first_before: readonly (number | null)[] | null;
  second_before: readonly (number | null)[] | null;
  first: readonly (number | null)[] | null;
  second: readonly (number | null)[] | null;
  first_corrected: readonly (number | null)[] | null;
  second_corrected: readonly (number | null)[] | null;
  decay: readonly (number | null)[] | null;
  update: readonly (number | null)[];
  after: readonly (number | null)[];
}
/** Answers `chain`: a sum of products (for a weight their mean over the batch), and what follows from it. */
export interface ChainTold {
  type: "chain";
  layer: number;
  unit: number;
  input: number | null;
  of: "forward" | "backward" | "weight";
  symbols: string;
  numbers: string;
  /** `sample` is null where all terms belong to the chosen sample. */
  terms: readonly { label: string; sample: number | null; factors: readonly (number | null)[]; product: number | null }[];
  total: number | null;
  then: readonly { label: string; value: number | null }[];
}
/** Null all three: close. */
export interface WalkCommand {
  type: "walk";
  by?: "phase" | "back" | "sample" | null;
  stop?: number | null;
  sample?: number | null;
}
/** Only while a walk is open. */
export interface ChainCommand {
  type: "chain";
  layer: number;
  unit: number;
  input?: number | null;
  of: "forward" | "backward" | "weight";
}

/** Which steps can be gone to, and the branches of the run. */
export interface Timeline {
  type: "timeline";
  first: number;
  last: number;
  at: number;
  branch: number;
  branches: readonly BranchRow[];
}
export interface BranchRow {
  id: number;
  name: string;
  parent: number | null;
  from_step: number;
  last: number;
  epoch: number;
  train_loss: number | null;
  validation_loss: number | null;
  test_loss: number | null;
  summary: string;
}
/** Answers `compare`: step, epoch, train loss, test loss, train score, test score, validation loss, validation score a row. */
export interface Curves {
  type: "curves";
  curves: readonly { branch: number; rows: readonly (readonly (number | null)[])[] }[];
}

/** Time travel as hands see it (state/timeline.js). */
export interface TimelineState {
  /** The server's word. */
  told: Timeline | null;
  /** The step that hands want, until it is shown; `dirty`: not asked for yet. */
  wanted: { step: number; dirty: boolean } | null;
  /** The id of the unanswered seek, if any. */
  inFlight: number | null;
  /** The recorded run is being played, so many steps at a time. */
  tour: { direction: 1 | -1; stride: number } | null;
  /** How fast that is: 1 crosses the run in some ten seconds. */
  pace: number;
}

/** What `chain` is asked for. */
export interface Apart {
  layer: number;
  unit: number;
  input: number | null;
  of: "forward" | "backward" | "weight";
}
/** The walk through one step (state/phaseview.js). `asked`: the product to take apart next; `inFlight`: the unanswered command;
 * `typed`: a sample's place that the server has not confirmed; `chosen`: whose parameters are listed, null for all. */
export interface PhaseView {
  walk: Walk | null;
  batch: Batch;
  typed: string | null;
  chosen: { layer: number | null; unit: number | null };
  chain: ChainTold | null;
  asked: Apart | null;
  inFlight: number | null;
}

export type DrawerTab = "walk" | "diagnostics" | "results" | "drawing" | "gradient-check" | "bench" | "branches";
/** The drawer at the page's foot (state/drawer.js); `height` in pixels. */
export interface DrawerState {
  tab: DrawerTab | null;
  height: number;
}

/** What frames carry beside pictures, by the drawer's open tab (state/look.js). */
export interface Carried {
  /** What this page last asked for; null: nothing yet on this connection. */
  asked: { metrics: boolean; diagnostics: boolean } | null;
  inFlight: number | null;
}

/** The gradient check (state/check.js). */
export interface CheckState {
  /** The server's word; null: never asked. */
  told: GradientCheck | null;
  /** The id of the unanswered question, if any. */
  inFlight: number | null;
  /** What the answer is about: the network with its names, the points, and the weights once a frame has shown them. */
  of: { server: ServerState; dataRevision: number; theta: Float64Array | null } | null;
  /** Weights, points or settings have changed since. */
  stale: boolean;
  /** The row that a hand or the keyboard is on. */
  row: number | null;
}

/** The regularisation bench (state/bench.js). */
export interface BenchState {
  /** As typed: numbers of points, empty for the server's choice. */
  sizes: string;
  epochs: string;
  measure: "loss" | "score";
  told: BenchTold | null;
  /** The id of the unanswered start, if any. */
  inFlight: number | null;
  /** What the answer is about. */
  of: { spec: Experiment; points: readonly PointRow[]; axes: ServerState["axes"] } | null;
  /** Points or settings have changed since. */
  stale: boolean;
}

/**
 * Step, epoch, train loss, test loss, train score, test score, and, but in curves of experiments that were saved long ago, validation loss and
 * score; NaN where a part has no points.
 */
export type CurveRow = readonly [number, number, number, number, number, number, number?, number?];
/** Whose loss a curve shows. */
export type CurvePart = "train" | "validation" | "test";

/** The list of branches and their comparison (state/branches.js). */
export interface BranchesState {
  /** Ids ticked by hand; null: the branch that is shown, the one it left and those that left it. */
  chosen: readonly number[] | null;
  curves: Curves["curves"];
  /** Which curves were last asked for. */
  asked: string | null;
  inFlight: number | null;
  part: "both" | CurvePart;
  log: boolean;
  /** The step that is read out; null: the newest of each. */
  at: number | null;
  /** A name being typed, or on its way. */
  naming: { id: number; text: string; inFlight: number | null } | null;
  /** The branch that a hand is about to drop. */
  dropping: number | null;
  /** Room for the curves, in pixels. */
  width: number;
}

export interface Tensor<A> {
  shape: readonly number[];
  values: A;
}

export interface Figures {
  train_loss: number | null;
  test_loss: number | null;
  train_score: number | null;
  test_score: number | null;
  validation_loss?: number | null;
  validation_score?: number | null;
  penalty: number | null;
  learning_rate: number | null;
}

export interface Frame {
  number: number;
  revision: number;
  data_revision: number;
  step: number;
  epoch: number;
  now: Figures;
  boundary_range: readonly [number, number];
  /** Where this frame's pictures belong: centre +/- extent both ways. */
  centre: readonly [number, number];
  extent: number;
  /** What the session's viewers point at; null for nothing. Layers count hidden ones from 0, then the output. */
  probe_at: readonly [number, number] | null;
  focus_unit: readonly [number, number] | null;
  focus_range: readonly [number, number] | null;
  /** Whether it tells results and diagnosis. */
  figures: boolean;
  /** Null unless the view asks for them. */
  metrics?: Metrics | null;
  /** Null unless the view asks for diagnostics; the curvature also where there is none. */
  readings?: readonly Reading[] | null;
  curvature?: Curvature | null;
  loss_columns: readonly string[];
  boundary: Tensor<Uint8Array>;
  maps: Tensor<Uint8Array>;
  map_ranges: Tensor<Float32Array>;
  theta: Tensor<Float64Array>;
  gradient: Tensor<Float32Array>;
  predictions: Tensor<Float32Array>;
  /** (inputs + all units) values at `probe_at`, inputs first, then layer by layer; (0) without. */
  probe: Tensor<Float32Array>;
  /** (G, G) picture of `focus_unit`, over `focus_range`; (0, 0) without. */
  focus: Tensor<Uint8Array>;
  /** (outputs, G) the outputs at the cells' centres along u, where the chart is a curve; (0, 0) without. */
  curve?: Tensor<Float32Array>;
  /** (P) what the last step added to theta. */
  update?: Tensor<Float32Array>;
  /** (R) batch norm's running means and variances; (0) without. */
  statistics?: Tensor<Float64Array>;
  /** (N) each point's predicted class, or bin of residuals; (0) without `metrics`. */
  cells?: Tensor<Uint8Array>;
  /** (2, k, 2) train, test: false and true positive rate; zeros for a part without a curve. */
  roc?: Tensor<Float32Array>;
  /** (H) hidden units, first layer first: share of training points on which each passes (almost) no gradient back; (0) without diagnostics. */
  health?: Tensor<Float32Array>;
  /** (3, L, 20) counts: activations on the training points, weights with biases, their gradient; (3, 0, 20) without. */
  histograms?: Tensor<Float32Array>;
  /** (3, L, 2): low, high of each; low < high. */
  histogram_ranges?: Tensor<Float32Array>;
  losses: Tensor<Float64Array>;
  /** (k, L, 2) beside `losses`: norm of each layer's gradient, norm of its update over norm of its weights. */
  layer_norms?: Tensor<Float64Array>;
}

/** One sentence of the diagnosis. `layer` counts hidden layers from 0, then the output layer; null where it is about all. */
export interface Reading {
  about: "unit" | "layer" | "gradients" | "curvature" | "gap";
  layer: number | null;
  unit: number | null;
  /** unit, layer: dead, saturated; layer, gradients: none, vanishing, exploding, healthy, frozen; curvature: stable, too_large, other_rule, undefined; gap: high_bias, high_variance, both, fits_well. */
  verdict: string;
  text: string;
  /** Those of the layer that are dead or saturated. */
  units: readonly number[];
  /** The length of the layer's gradient, where it is about that. */
  norm: number | null;
}

/** Largest eigenvalue of the training loss's Hessian, against 2 / learning rate; measured at `step`. */
export interface Curvature {
  sharpness: number;
  /** What the rule in use bears at the present rate, and how that comes about. */
  limit: number;
  formula: string;
  step: number;
  /** It was measured on so many of so many training points. */
  points: number;
  of: number;
}

/** Of one part sorted into classes; a figure that is not defined is null. */
export interface ClassResults {
  points: number;
  /** A row for each actual class, a column for each predicted one. */
  confusion: readonly (readonly number[])[];
  accuracy: number;
  precision: readonly (number | null)[];
  recall: readonly (number | null)[];
  f1: readonly (number | null)[];
  macro: { precision: number | null; recall: number | null; f1: number | null };
  roc_area: number | null;
  /** False and true positive rate at the threshold in force. */
  roc_at: readonly [number, number] | null;
}
/** Of one part of a regression. */
export interface RegressionResults {
  points: number;
  mae: number | null;
  rmse: number | null;
  max_error: number | null;
  r2: number | null;
  /** Target less output, in equal bins over [low, high]. */
  residuals: { low: number; high: number; counts: readonly number[] };
}
/** Null for a part without points. */
export interface Metrics {
  train: ClassResults | RegressionResults | null;
  validation?: ClassResults | RegressionResults | null;
  test: ClassResults | RegressionResults | null;
}

/** One recorded row of figures; undefined where a part has no points. */
export interface LossRow {
  step: number;
  epoch: number;
  train_loss: number;
  test_loss: number;
  train_score: number;
  test_score: number;
  validation_loss: number;
  validation_score: number;
  penalty: number;
  learning_rate: number;
  /** Two numbers a layer, as in `Frame.layer_norms`; empty where the server told none. */
  norms: readonly number[];
}

/** What the chart panel shows (state/charts.js). */
export interface ChartsState {
  kind: "loss" | "score" | "gradient" | "update" | "rate";
  /** The loss on a log axis. */
  log: boolean;
  /** Factor of the exponential moving average that is drawn over the raw values; 0 is off. */
  smoothing: number;
  /** What runs from left to right; auto: steps while there are fewer than two epochs. */
  across: "auto" | "epoch" | "step";
  /** The row of options is open. */
  options: boolean;
  /** The history's table is open. */
  table: boolean;
  /** What came of copying, in words. */
  said: string;
}

export type Command = { readonly type: string; readonly [key: string]: unknown };
export type SentCommand = Command & { readonly id: number };

/** A change of a spec field on its way: shown at once, replaced by the server's word. */
export interface Draft {
  path: Path;
  value: Json;
  /** typing: not asked for yet; ready: to be sent; sent: unanswered; answered: until the next state; refused: with error. */
  status: "typing" | "ready" | "sent" | "answered" | "refused";
  id?: number;
  error?: string;
}

/** A change of points on its way. */
export interface PointEdit {
  command: SentCommand;
  answered: boolean;
  /** What the server calls the points that it added; unknown until the answer. */
  ids?: readonly number[];
  /** Not asked for yet: the server has not named its points (state/waiting.js). */
  waits?: boolean;
}

export interface Drag {
  id: number;
  x: number;
  y: number;
  /** The other chosen points that go with it: id and how far from it. */
  rest: readonly (readonly [number, number, number])[];
  /** Moves of the same gesture are one undo. */
  gesture: number | null;
  /** The place shown has not been sent yet. */
  dirty: boolean;
  /** The id of the unanswered move, if any. */
  inFlight: number | null;
  released: boolean;
}

export interface Notice {
  kind: "info" | "warning" | "error";
  about: "link" | "connection" | "command" | "divergence" | "session" | "preset" | "stopped" | "reached" | "experiments" | "back" | "saving";
  text: string;
}

/** A session of one's own that this browser remembers. */
export interface OwnSession {
  session: string;
  title: string;
  step: number;
  /** How long ago it was last seen, in words. */
  when: string;
}
/** What is known of keeping the session, and of those before it (state/keeping.js). */
export interface KeepingState {
  /** Seconds since 1970; null where the server keeps nothing beyond its own life. */
  until: number | null;
  /** Why nothing is kept now; null where all is well. */
  unsaved: string | null;
  /** Seconds until the next try to connect. */
  retry: number | null;
  /** The connection was lost, and the session has just been joined again. */
  returning: boolean;
  own: readonly OwnSession[];
  /** Whether to offer them on the page. */
  offer: boolean;
  /** Its dialog is open. */
  open: boolean;
}

export type Connection = "connecting" | "open" | "lost" | "closed";

export interface Palette {
  negative: string;
  neutral: string;
  positive: string;
  classes: readonly string[];
  /** How strongly a picture is coloured at most, 0 to 1: points in full colour must stand out on it. */
  strength: number;
  /** How much larger than at a desk text and marks are drawn. */
  scale: number;
  ink: string;
  muted: string;
  hairline: string;
  surface: string;
  train: string;
  validation: string;
  test: string;
  /** Lines of charts with one line a layer, first layer first; they differ in dashes too. */
  lines: readonly string[];
  font: string;
}

export interface Ui {
  /** The label that a new point gets. */
  brush: number;
  /** Chosen points. */
  selected: readonly number[];
  hovered: number | null;
  /** The board's keyboard cursor, in board coordinates; null while the pointer leads. */
  cursor: readonly [number, number] | null;
  /** The hidden layer whose settings are open. */
  layer: number | null;
  /** Large type for the back row, and only what a class looks at. */
  present: boolean;
}

export type Place = readonly [number, number];

/** Which part of the board is looked at: centre +/- extent both ways. */
export interface Look {
  centre: Place;
  extent: number;
}

/** A view that hands have asked for and the server has not said yet. */
export interface LiveLook extends Look {
  dirty: boolean;
  inFlight: number | null;
}

/** The plane that hands have asked for and the server has not said yet (state/plane.js). */
export interface PlaneState {
  wanted: Plane | null;
  dirty: boolean;
  inFlight: number | null;
  /** The row that was told last, its values raw and in the order of the inputs. */
  row: { id: number; values: readonly number[] } | null;
  /** The row that was asked for last. */
  asked: number | null;
  /** Which inputs are listed: those whose names hold it. */
  search: string;
}

/** The board as a surface (state/surface.js): turned by `yaw`, seen from `pitch` above; radians. */
export interface SurfaceState {
  on: boolean;
  yaw: number;
  pitch: number;
}

/** What is pointed at (state/inspect.js). */
export interface Inspect {
  at: Place | null;
  /** What is looked at while no place is pointed at: a point with all its inputs, or a drawing. */
  sample: Sample | null;
  unit: readonly [number, number] | null;
  dirty: boolean;
  inFlight: number | null;
}

/** A point by its id, or a drawing's strokes: places from 0 to 1, y down. */
export type Sample = { readonly row: number } | { readonly strokes: readonly (readonly Place[])[] };

/** The tab "Draw" (state/drawing.js). */
export interface DrawingState {
  strokes: readonly (readonly Place[])[];
  /** A stroke is under way. */
  pen: boolean;
  /** What was last said aloud of what the network reads; `of`: about which sample. */
  said: { label: number; share: number; of: Sample | null } | null;
}

/** The mistakes behind the cells of the confusion matrix (state/gallery.js). */
export interface GalleryState {
  /** Null: closed. `title`: "actual,predicted" of a cell, or "all"; `ids`: most confident mistakes first, as they were when asked for. */
  shown: { title: string; ids: readonly number[] } | null;
  page: number;
  /** Chosen in the gallery, to be relabelled, excluded or given a cause. */
  picked: readonly number[];
  /** All values of points, as the server told them, raw. */
  rows: ReadonlyMap<number, readonly number[]>;
  /** The id of the unanswered question; null: none. */
  asked: number | null;
  /** What a person thinks went wrong, by point. */
  causes: Readonly<Record<string, string>>;
  /** What was just done, in words. */
  said: string;
  /** Text to be copied by hand, where the clipboard cannot be written. */
  copy: string | null;
}

/** What a link holds (docs/link.md): a spec where it differs from the defaults, points as `load` takes them, numbers as base64. */
export interface Payload {
  spec: JsonObject;
  points?: readonly (readonly [number, number, number, number])[];
  weights?: string;
  statistics?: string;
}
/** A session that began from an address, and what else that asks of the page. */
export interface Begun {
  session: string;
  notes: readonly string[];
  hide: readonly string[];
  tests: boolean | null;
  discretise: boolean | null;
}
/** A link to the present experiment. */
export interface BuiltLink {
  /** Null where it is not made yet, or cannot be: `refused` says why. */
  address: string | null;
  /** How many of them are in it. */
  points: number;
  weights: number;
  /** This server answers on its own computer alone. */
  local: boolean;
  refused: string | null;
}
/** Something that can be taken home, as the server tells of it. */
export interface Offer {
  kind: string;
  group: string;
  title: string;
  text: string;
  heavy: boolean;
  options: readonly OfferOption[];
}
export interface OfferOption {
  name: string;
  title: string;
  default: string;
  low: number;
  high: number;
  whole: boolean;
  /** None: a number from `low` to `high`. */
  choices: readonly string[];
}
/** The dialog "Take it home" (state/takehome.js). */
export interface TakeHomeState {
  open: boolean;
  /** What the server makes; null until it has said so. */
  offers: readonly Offer[] | null;
  /** Kinds that are being made. */
  busy: readonly string[];
  /** What went wrong, by kind; `list`: with the offers themselves. */
  errors: Readonly<Record<string, string>>;
  /** What was saved last, in words. */
  said: string;
  /** Of pictures of the page. */
  colours: "light" | "shown";
  /** What was chosen, by kind and name. */
  options: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The dialog "Share" (state/share.js). */
export interface ShareState {
  open: boolean;
  weights: boolean;
  short: boolean;
  built: BuiltLink | null;
  /** Its QR code: rows of 0 and 1. */
  rows: readonly string[] | null;
  /** What came of copying, in words. */
  said: string;
  /** The link to open, as typed, and what is wrong with it. */
  pasted: string;
  error: string | null;
}

/** The board's tools and how it is shown (state/tools.js). */
export interface Tools {
  tool: "point" | "brush" | "lasso";
  /** Of the brush, as a share of the half width that is shown. */
  radius: number;
  /** Show the decision only. */
  discretise: boolean;
  /** Show the points that are not trained on. */
  tests: boolean;
  /** Show how far the network is off at each point, where the picture has a height. */
  residuals: boolean;
  /** The lasso being drawn. */
  loop: readonly Place[] | null;
}

/** A cell of the point table that is being typed, or that holds something bad. */
export interface Cell {
  id: number;
  column: "x1" | "x2" | "label";
  text: string;
  error: string | null;
}

/** A pasted line that could not be read. */
export interface BadLine {
  line: number;
  text: string;
  reason: string;
}

/** The point table (state/table.js). */
export interface TableState {
  open: boolean;
  page: number;
  cells: readonly Cell[];
  /** What came of the last paste. */
  pasted: { loaded: number; bad: readonly BadLine[] } | null;
  /** Text to be copied by hand, where the clipboard cannot be written. */
  copy: string | null;
  /** What was just done, in words. */
  said: string;
}

/** One number of the network: the weight of `input` of `unit` in `layer`, its bias where `input` is null. The output layer is the last. */
export interface WeightRef {
  layer: number;
  unit: number;
  input: number | null;
}

/** What training leaves alone; `unit` null: the whole layer. */
export interface Frozen {
  layer: number;
  unit: number | null;
  input: number | null;
}

/** What the diagram's edges show. */
export type EdgeMode = "weight" | "gradient" | "update";

/** Where the keyboard is in the diagram: a unit (column 0: an input) or a weight. */
export type Stop = { kind: "unit"; column: number; row: number } | { kind: "weight"; ref: WeightRef };

/** A weight that a hand has changed and no frame has carried yet. */
export interface Pull {
  ref: WeightRef;
  value: number;
  dirty: boolean;
  inFlight: number | null;
  released: boolean;
}

/** Every input of the vocabulary as a picture over [-6, 6] both ways. */
export interface FeatureMaps {
  names: readonly string[];
  /** Where they belong: centre +/- extent. */
  extent: number;
  centre: readonly [number, number];
  maps: Tensor<Uint8Array>;
  ranges: Tensor<Float32Array>;
}

/** The network diagram's hands (state/diagram.js). */
export interface DiagramState {
  mode: EdgeMode;
  hovered: WeightRef | null;
  stop: Stop | null;
  /** The weight whose editor is open; `text` null: it shows the number in force. */
  editing: { ref: WeightRef; text: string | null; error: string | null } | null;
  pull: Pull | null;
  features: FeatureMaps | null;
}

/** The tab of results (state/results.js). */
export interface ResultsState {
  part: Part;
  /** The cell or bin that was pressed last, and the points that were in it then. */
  chosen: { name: string; ids: readonly number[] } | null;
}

/** What to train until: a field of the command's `until`, or so many epochs. */
export type Goal = "train_loss_below" | "test_loss_below" | "train_score_above" | "test_score_above" | "diverges" | "epochs";

/** The form "Train until" (state/until.js). */
export interface UntilState {
  goal: Goal;
  /** What was typed, by what it counts in: loss, percent, r2, epochs, most. */
  texts: Readonly<Record<string, string>>;
}

/** A saved experiment as a list tells of it (`GET /api/experiments`). Times in seconds since 1970. */
export interface SavedExperiment {
  id: string;
  title: string;
  notes: string;
  made_at: number;
  changed_at: number;
  figures: SavedFigures;
}
export interface SavedFigures {
  step: number;
  epoch: number;
  train_loss: number | null;
  test_loss: number | null;
  train_score: number | null;
  test_score: number | null;
  validation_loss: number | null;
  validation_score: number | null;
  task: Task;
  parameters: number;
  points: number;
}
/** All that is told of one. */
export interface SavedDetails extends SavedExperiment {
  spec: JsonObject;
  curves: readonly (readonly (number | null)[])[];
}
/** What goes wrong with what: "title", "notes" or "save" of the form, "list", or an experiment by its id. */
export interface SavedError {
  about: string;
  message: string;
}
/** The dialog "My experiments" (state/experiments.js). */
export interface ExperimentsState {
  open: boolean;
  /** The browser lets nothing be kept, not even the owner's key. */
  forbidden: boolean;
  form: { title: string; notes: string };
  /** What is on its way: "save", or an experiment's id. */
  busy: string | null;
  search: string;
  /** Null until the first answer. `search`: what was looked for. */
  found: { search: string; total: number; page: number; rows: readonly SavedExperiment[] } | null;
  /** Addresses of pictures in memory, by id. */
  pictures: Readonly<Record<string, string>>;
  editing: { id: string; field: "title" | "notes"; text: string } | null;
  /** What was deleted last, with its place in the list. */
  deleted: { row: SavedExperiment; place: number } | null;
  /** Ids of those to compare, at most two. */
  ticked: readonly string[];
  compared: readonly [SavedDetails, SavedDetails] | null;
  /** Whose loss is drawn. */
  part: "both" | CurvePart;
  log: boolean;
  /** Pixels that the curves have. */
  width: number;
  error: SavedError | null;
  /** What was just done, in words. */
  said: string;
}

/** What a browser remembers of one task; `answer` as typed: texts by field, or chosen names. */
export interface TaskProgress {
  tries: number;
  right: boolean;
  answer: Readonly<Record<string, string>> | readonly string[] | null;
  hints: number;
  solution: boolean;
}
/** Of one lesson; `seen`: when it was looked at last, in milliseconds since 1970. */
export interface LessonProgress {
  stage: string | null;
  seen: number;
  tasks: Readonly<Record<string, TaskProgress>>;
}
/** Of all lessons (state/lessonprogress.js). */
export interface Progress {
  lessons: Readonly<Record<string, LessonProgress>>;
}

/** A lesson on the index of all (state/lessonindex.js). */
export interface IndexLesson {
  id: string;
  name: string;
  time: string;
  needs: readonly string[];
  tasks: readonly string[];
}
export interface IndexStand {
  id: string;
  done: number;
  total: number;
  begun: boolean;
}
/** Where to go on: the lesson looked at last, the next one, or the first of all. */
export interface IndexNext {
  id: string;
  why: "continue" | "next" | "begin";
  stage: string | null;
}
export interface IndexStanding {
  lessons: readonly IndexStand[];
  done: number;
  total: number;
  next: IndexNext | null;
}

/** A lesson as `GET /api/lessons/ID` tells it; texts are HTML of our own server's, but for titles. */
export interface Lesson {
  id: string;
  number: number;
  title: string;
  language: string;
  languages: readonly string[];
  summary: string;
  minutes: number;
  next: { id: string; title: string } | null;
  stages: readonly LessonStage[];
}
export interface LessonStage {
  id: string;
  title: string;
  html: string;
  /** What the command `load` takes. */
  load: JsonObject;
  /** A file of the lesson's that the spec's table stands for. */
  table: string | null;
  commands: readonly Command[];
  speed: JsonObject | null;
  view: JsonObject | null;
  /** Parts that are shown; null: all. */
  show: readonly string[] | null;
  hide: readonly string[];
  lock: readonly string[];
  panel: DrawerTab | null;
  chart: ChartsState["kind"] | null;
  edges: EdgeMode | null;
  tasks: readonly LessonTask[];
}
export type TaskKind = "predict" | "choose" | "find_bug" | "order" | "reach" | "break";
export interface LessonTask {
  id: string;
  kind: TaskKind;
  title: string;
  html: string;
  hints: readonly string[];
  fields: readonly LessonItem[];
  options: readonly LessonItem[];
  several: boolean;
  items: readonly LessonItem[];
  conditions: readonly string[];
  keep: readonly string[];
  /** What shows the predicted numbers, from the stage's beginning. */
  run: readonly Command[];
}
export interface LessonItem {
  id: string;
  html: string;
}
/** What is told of a task after a try (`GET /api/lessons/ID/tasks/TASK`). */
export interface LessonSolution {
  solution: string;
  explanation: string;
  wrong: Readonly<Record<string, string>>;
  answer: Readonly<Record<string, number>> | readonly string[] | null;
  commands: readonly Command[];
}
/** Answers `check`. */
export interface Verdict {
  type: "verdict";
  lesson: string;
  task: string;
  right: boolean;
  items: readonly VerdictItem[];
}
/** `measured`: the session's number or name; null where there is none. */
export interface VerdictItem {
  kind: "field" | "option" | "item" | "condition" | "keep";
  name: string;
  right: boolean;
  measured: number | string | boolean | null;
}
/** Commands that the lesson plays on the session, one after the other (state/lessonscript.js). */
export interface LessonScript {
  /** begin, back: a stage; run, solution: of a task. */
  what: "begin" | "back" | "run" | "solution";
  task: string | null;
  /** From the first one on, and those that are left. */
  all: readonly Command[];
  left: readonly Command[];
  /** The id of the unanswered one. */
  inFlight: number | null;
  /** The one that was answered is still at work: what it leads to has not been told. */
  works: boolean;
}
/** A task as hands see it on this page; what outlives the page is `TaskProgress`. */
export interface TaskHands {
  /** As typed, chosen or ordered by now. */
  answer: TaskProgress["answer"];
  /** Of the newest check; null: none on this page. `of`: the answer that it is about. */
  verdict: Verdict | null;
  of: TaskProgress["answer"];
  /** The first answer to a prediction, as typed, and what came out when it was run. */
  said: Readonly<Record<string, string>> | null;
  measured: Readonly<Record<string, VerdictItem["measured"]>> | null;
  told: LessonSolution | null;
  /** Fields in which there is no number. */
  bad: readonly string[];
  /** Why the server did not check it. */
  refused: string | null;
}
/** The lesson beside the playground (state/lesson.js). */
export interface LessonState {
  /** Null on the playground alone. */
  id: string | null;
  lesson: Lesson | null;
  /** The pages' words, by table. */
  words: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Why there is no lesson, or why its stage could not be begun. */
  failed: string | null;
  /** Place of the stage that is shown; the stage whose experiment the session has. */
  stage: number;
  begun: string | null;
  /** Hands have done something since the stage began. */
  touched: boolean;
  /** The end of the lesson is shown instead of a stage. */
  ended: boolean;
  progress: LessonProgress;
  tasks: Readonly<Record<string, TaskHands>>;
  /** The unanswered check, whose answer is about a task; `quiet`: only what is measured is wanted. */
  checking: { id: number | null; task: string; quiet: boolean } | null;
  script: LessonScript | null;
  /** The session's names of the lesson's files. */
  tables: Readonly<Record<string, string>>;
  folded: boolean;
  /** Of the panel, in pixels at a desk. */
  width: number;
  /** On a phone: the lesson or the playground is seen. */
  side: "lesson" | "playground";
  /** What has just happened, to be said aloud. */
  news: { what: "stage" | "verdict" | "hint" | "solution" | "moved" | "measured"; task: string | null; item?: string } | null;
}

export interface State {
  connection: Connection;
  session: string | null;
  nextId: number;
  schema: SchemaFile | null;
  server: ServerState | null;
  points: readonly PointRow[];
  dataRevision: number;
  frame: Frame | null;
  /** The newest frame that tells results and diagnosis. */
  figures: Frame | null;
  unacknowledged: readonly number[];
  history: readonly LossRow[];
  marks: readonly Mark[];
  charts: ChartsState;
  drafts: readonly Draft[];
  edits: readonly PointEdit[];
  drag: Drag | null;
  notice: Notice | null;
  keeping: KeepingState;
  /** The session on its way: not told yet, one that was there before, and for long enough to be noticed. */
  coming: { awaited: boolean; resumed: boolean; late: boolean };
  /** The command on its way that begins a diverged run anew. */
  leaving: number | null;
  palette: Palette | null;
  link: Link;
  /** What the address alone says, whatever a lesson adds to it. */
  address: Link;
  lesson: LessonState;
  help: HelpState;
  /** Null until somebody has asked for them. */
  presets: readonly Preset[] | null;
  experiments: ExperimentsState;
  look: LiveLook | null;
  plane: PlaneState;
  surface: SurfaceState;
  carried: Carried;
  check: CheckState;
  bench: BenchState;
  inspect: Inspect;
  drawing: DrawingState;
  gallery: GalleryState;
  share: ShareState;
  takeHome: TakeHomeState;
  tools: Tools;
  /** Ids of the points that the network takes for another class. */
  wrong: ReadonlySet<number>;
  table: TableState;
  diagram: DiagramState;
  drawer: DrawerState;
  bring: BringState;
  phaseview: PhaseView;
  timeline: TimelineState;
  branches: BranchesState;
  results: ResultsState;
  until: UntilState;
  ui: Ui;
}

/** One entry of the server's help; `formula` is a MathML element. */
export interface HelpEntry {
  title: string;
  text: string;
  formula: string;
  try: string;
}

export interface HelpState {
  /** All help, once it has arrived. */
  entries: Readonly<Record<string, HelpEntry>> | null;
  /** What is open: an entry, and the field whose present choice it explains too. */
  open: { key: string; path: Path | null } | null;
}

/** A ready experiment of the server's. */
export interface Preset {
  name: string;
  title: string;
  text: string;
  picture: string;
  /** The same in the colours of a dark page. */
  picture_dark: string;
  spec: JsonObject;
  /** What `set_speed` takes. */
  speed: JsonObject;
}

/** How charts and diagram are looked at; kept over a reload. */
export interface Looks {
  charts: Pick<ChartsState, "kind" | "log" | "smoothing" | "across">;
  mode: EdgeMode;
}

export interface Stored {
  session: string;
  /** Null where only the session is known. */
  spec: Experiment | null;
  /** The points, where they are not the ones that the spec draws. */
  points: readonly PointRow[] | null;
}

/** The part of JSON Schema that pydantic writes. */
export interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  type?: string;
  title?: string;
  description?: string;
  default?: Json;
  const?: Json;
  enum?: readonly string[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  prefixItems?: readonly Schema[];
  properties?: Record<string, Schema>;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  discriminator?: { propertyName: string; mapping: Record<string, string> };
}

export interface SchemaFile {
  protocol: number;
  experiment: Schema;
  commands?: Schema;
  bounds: Record<string, number>;
  /** Sources that can be drawn with more than two classes. */
  multi_class_sources?: readonly string[];
  /** Inputs that need no second coordinate. */
  curve_features?: readonly string[];
}

/** One control: what the schema says about the field and what stands in it. */
export interface Field {
  path: Path;
  name: string;
  kind: "number" | "integer" | "boolean" | "choice" | "group" | "list" | "pair";
  title: string;
  help: string;
  nullable: boolean;
  minimum: number | null;
  maximum: number | null;
  /** Whether the bound itself is outside. */
  above: boolean;
  below: boolean;
  /** Of a list, how many there may be. */
  longest?: number | null;
  choices: readonly string[];
  value: Json;
  error: string | null;
}

/** What the page's address says (state/link.js). */
export interface Link {
  /** Names of parts, buttons and spec paths. */
  hide: readonly string[];
  lock: readonly string[];
  /** Begins in presenter mode. */
  present: boolean;
  theme: string | null;
  /** Keys and values that mean nothing, as they are to be named. */
  unknown: readonly string[];
  /** A stage of a lesson has its own word in it. */
  lesson?: boolean;
}

/** One row of the table of shortcuts (state/shortcuts.js). */
export interface Shortcut {
  /** As `KeyboardEvent.key`, in lower case; any of them. Empty where another listener hears them. */
  keys: readonly string[];
  /** With Ctrl (or Command). */
  ctrl?: boolean;
  /** With or without Shift; does not matter if it is left out. */
  shift?: boolean;
  /** A button `button-ACTION`, or an action of dom/buttons.js or of a part. */
  action?: string;
  /** Heard by the board itself while it has the focus. */
  where?: "board" | "diagram" | "timeline";
  group: string;
  words: string;
  /** The keys as they are to be read, where they differ from `keys`. */
  shown?: readonly string[];
}

/** A node of a described tree; text where it is a string. */
export interface Node {
  tag: string;
  key?: string;
  attrs: Record<string, string | number | boolean | null | undefined>;
  children: readonly Child[];
  /** HTML of our own server's, in the place of children. */
  html?: string;
}
export type Child = Node | string;

/** One capability's part of the state; state.js puts them in a row. A handler also gets the state from before the action. */
export interface Slice {
  /** The fields of the state that it owns, as they begin. */
  first: Partial<State>;
  actions?: { [T in Exclude<Action["type"], "message">]?: (state: State, action: Extract<Action, { type: T }>, before: State) => State };
  /** The server's words. */
  messages?: { [T in ServerMessage["type"]]?: (state: State, message: Extract<ServerMessage, { type: T }>, before: State) => State };
  /** What it has to ask the server for now. */
  next?: (state: State) => Command | null;
}

type Joined<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer I) => void ? I : never;
/** The fields that a union of slices owns, so that a slice left out of the row is a type error. */
export type SlicesFirst<S> = Joined<S extends { first: infer F } ? F : never>;
/** The actions that some slice hears. */
export type SlicesHear<S> = S extends { actions: infer A } ? keyof A : never;

export type Action =
  | { type: "schema"; schema: SchemaFile }
  | { type: "session"; session: string }
  | { type: "palette"; palette: Palette }
  /** Lost, or closed for good. */
  | { type: "connection"; connection: Exclude<Connection, "open">; text?: string }
  | { type: "message"; message: ServerMessage }
  | { type: "frame"; frame: Frame }
  | { type: "drawn" }
  | { type: "sent"; command: SentCommand }
  | { type: "unsent"; command: Command }
  | { type: "draft"; path: Path; value: Json; final: boolean }
  | { type: "undraft"; path: Path }
  | { type: "charts"; change: Partial<ChartsState> }
  | { type: "brush"; label: number }
  | { type: "select"; ids: readonly number[]; add?: boolean }
  | { type: "look"; look: Look }
  | { type: "plane"; plane: Plane }
  | { type: "plane-search"; search: string }
  | { type: "surface"; change: Partial<SurfaceState> }
  | { type: "point-at"; at: Place | null }
  | { type: "point-unit"; unit: readonly [number, number] | null }
  | { type: "look-at"; sample: Sample | null }
  | { type: "draw"; points: readonly Place[]; begins: boolean }
  | { type: "draw-end" }
  | { type: "draw-clear" }
  | { type: "gallery"; change: Partial<GalleryState> }
  | { type: "all-mistakes" }
  | { type: "cause"; ids: readonly number[]; cause: string }
  | { type: "tools"; change: Partial<Tools> }
  | { type: "share"; change: Partial<ShareState> }
  | { type: "take-home"; change: Partial<TakeHomeState> }
  | { type: "take-begun"; kind: string }
  | { type: "take-done"; kind: string; said?: string; error?: string }
  | { type: "take-option"; kind: string; name: string; value: string }
  | { type: "table"; change: Partial<TableState> }
  | { type: "bring"; change: Partial<BringState> }
  | { type: "bring-told"; told: ToldTable; brought?: boolean }
  | { type: "bring-used"; told: ToldTable }
  | { type: "bring-target"; name: string }
  | { type: "bring-input"; name: string; on: boolean }
  | { type: "bring-inputs"; on: boolean }
  | { type: "cell"; id: number; column: Cell["column"]; text: string }
  | { type: "hover"; id: number | null }
  | { type: "edges"; mode: EdgeMode }
  | { type: "features"; features: FeatureMaps }
  | { type: "hover-weight"; ref: WeightRef | null }
  | { type: "stop"; stop: Stop | null }
  | { type: "edit-weight"; ref: WeightRef | null }
  | { type: "type-weight"; text: string; final: boolean }
  | { type: "pull-weight"; ref: WeightRef; value: number; held: boolean }
  | { type: "release-weight" }
  | { type: "cursor"; at: readonly [number, number] | null }
  | { type: "layer"; layer: number | null }
  | { type: "link"; link: Link }
  | { type: "help-entries"; entries: Readonly<Record<string, HelpEntry>> }
  | { type: "help"; open: HelpState["open"] }
  | { type: "presets"; presets: readonly Preset[] }
  | { type: "preset"; preset: Preset }
  | { type: "experiments"; change: Partial<ExperimentsState> }
  | { type: "experiments-found"; search: string; total: number; page: number; rows: readonly SavedExperiment[] }
  | { type: "experiment-saved"; row: SavedExperiment; said: string }
  | { type: "experiment-changed"; row: SavedExperiment }
  | { type: "experiment-deleted"; id: string }
  | { type: "experiment-restored"; row: SavedExperiment }
  | { type: "experiment-ticked"; id: string; on: boolean }
  | { type: "experiment-picture"; id: string; url: string }
  | { type: "present"; on: boolean }
  | { type: "grab"; id: number; x: number; y: number; gesture?: number }
  | { type: "drag"; x: number; y: number }
  | { type: "release" }
  | { type: "wait"; command: Command }
  | { type: "drawer"; tab: DrawerTab | null }
  | { type: "drawer-height"; height: number }
  | { type: "take-apart"; what: Apart | null }
  | { type: "type-sample"; typed: string }
  | { type: "list-parameters"; chosen: PhaseView["chosen"] }
  | { type: "travel"; step: number }
  | { type: "tour"; direction: 0 | 1 | -1; stride: number }
  | { type: "tour-on" }
  | { type: "pace"; pace: number }
  | { type: "compare-branch"; branch: number; on: boolean }
  | { type: "branches"; change: Partial<BranchesState> }
  | { type: "check-row"; row: number | null }
  | { type: "bench-form"; change: Partial<Pick<BenchState, "sizes" | "epochs" | "measure">> }
  | { type: "results"; change: Partial<ResultsState> }
  | { type: "until"; change: Partial<UntilState> }
  | { type: "keeping"; change: Partial<KeepingState> }
  | { type: "coming-late"; late: boolean }
  | { type: "lesson"; change: Partial<Pick<LessonState, "id" | "folded" | "width" | "side" | "failed">> }
  | { type: "lesson-told"; lesson: Lesson; words: LessonState["words"]; progress: LessonProgress; kept: Pick<LessonState, "begun" | "touched">; stage: string | null }
  | { type: "lesson-table"; file: string; name: string }
  | { type: "lesson-stage"; stage: number; now: number }
  | { type: "lesson-end" }
  | { type: "lesson-again" }
  | { type: "lesson-back"; branch: number }
  | { type: "lesson-answer"; task: string; answer: TaskHands["answer"] }
  | { type: "lesson-moved"; task: string; item: string; place: number }
  | { type: "lesson-check"; task: string }
  | { type: "lesson-run"; task: string }
  | { type: "lesson-hint"; task: string }
  | { type: "lesson-solution"; task: string }
  | { type: "lesson-solved"; task: string; told: LessonSolution }
  | { type: "lesson-play"; task: string }
  | { type: "notice"; notice: Notice | null };
