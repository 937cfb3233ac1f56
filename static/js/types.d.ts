/** What travels on the wire and what the page keeps. The server's pydantic models are the source; docs/protocol.md explains. */

export type Task = "classification" | "regression";
export type Phase = "paused" | "playing" | "diverged";
export type Path = readonly (string | number)[];
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** id, x1, x2, label, whether it is a test point. */
export type PointRow = readonly [number, number, number, number, boolean];

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
  data: { source: string; task: string; classes: number; samples: number; points: readonly (readonly number[])[] };
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
}

export interface Welcome {
  type: "welcome";
  protocol: number;
  session: string;
  resumed: boolean;
  spec_refused: string | null;
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
  points: readonly PointRow[];
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
export type ServerMessage = Welcome | Ok | Refusal | ServerState | PointsMessage | PhaseChanged | Diverged | Stopped | Marks;

export interface Tensor<A> {
  shape: readonly number[];
  values: A;
}

export interface Figures {
  train_loss: number | null;
  test_loss: number | null;
  train_score: number | null;
  test_score: number | null;
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
  /** (P) what the last step added to theta. */
  update?: Tensor<Float32Array>;
  losses: Tensor<Float64Array>;
  /** (k, L, 2) beside `losses`: norm of each layer's gradient, norm of its update over norm of its weights. */
  layer_norms?: Tensor<Float64Array>;
}

/** One recorded row of figures; undefined where a part has no points. */
export interface LossRow {
  step: number;
  epoch: number;
  train_loss: number;
  test_loss: number;
  train_score: number;
  test_score: number;
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
  about: "link" | "connection" | "command" | "divergence" | "session" | "preset" | "stopped";
  text: string;
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

/** What is pointed at (state/inspect.js). */
export interface Inspect {
  at: Place | null;
  unit: readonly [number, number] | null;
  dirty: boolean;
  inFlight: number | null;
}

/** The board's tools and how it is shown (state/tools.js). */
export interface Tools {
  tool: "point" | "brush" | "lasso";
  /** Of the brush, as a share of the half width that is shown. */
  radius: number;
  /** Show the decision only. */
  discretise: boolean;
  /** Show test points. */
  tests: boolean;
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

export interface State {
  connection: Connection;
  session: string | null;
  nextId: number;
  schema: SchemaFile | null;
  server: ServerState | null;
  points: readonly PointRow[];
  dataRevision: number;
  frame: Frame | null;
  unacknowledged: readonly number[];
  history: readonly LossRow[];
  marks: readonly Mark[];
  charts: ChartsState;
  drafts: readonly Draft[];
  edits: readonly PointEdit[];
  drag: Drag | null;
  notice: Notice | null;
  palette: Palette | null;
  link: Link;
  help: HelpState;
  /** Null until somebody has asked for them. */
  presets: readonly Preset[] | null;
  look: LiveLook | null;
  inspect: Inspect;
  tools: Tools;
  /** Ids of the points that the network takes for another class. */
  wrong: ReadonlySet<number>;
  table: TableState;
  diagram: DiagramState;
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
  spec: JsonObject;
  /** What `set_speed` takes. */
  speed: JsonObject;
}

export interface Stored {
  session: string;
  spec: Experiment;
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
}

/** One row of the table of shortcuts (state/shortcuts.js). */
export interface Shortcut {
  /** As `KeyboardEvent.key`, in lower case; any of them. Empty where another listener hears them. */
  keys: readonly string[];
  /** With Ctrl (or Command). */
  ctrl?: boolean;
  /** With or without Shift; does not matter if it is left out. */
  shift?: boolean;
  /** A button `button-ACTION`, or an action of main.js. */
  action?: string;
  /** Heard by the board itself while it has the focus. */
  where?: "board" | "diagram";
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
}
export type Child = Node | string;

export type Action =
  | { type: "schema"; schema: SchemaFile }
  | { type: "session"; session: string }
  | { type: "palette"; palette: Palette }
  | { type: "connection"; connection: Connection; text?: string }
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
  | { type: "point-at"; at: Place | null }
  | { type: "point-unit"; unit: readonly [number, number] | null }
  | { type: "tools"; change: Partial<Tools> }
  | { type: "table"; change: Partial<TableState> }
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
  | { type: "present"; on: boolean }
  | { type: "grab"; id: number; x: number; y: number; gesture?: number }
  | { type: "drag"; x: number; y: number }
  | { type: "release" }
  | { type: "notice"; notice: Notice | null };
