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
  network: { layers: readonly LayerSpec[]; initializer: string };
  training: { optimizer: { name: string }; schedule: { name: string }; batch_size: number | null };
  seeds: { data: number; split: number; weights: number; order: number };
}

export interface View {
  grid: number;
  maps: boolean;
  map_grid: number;
  extent: number;
}

export interface ServerState {
  type: "state";
  revision: number;
  phase: Phase;
  spec: Experiment;
  task: Task;
  output: string;
  loss: string;
  layers: readonly LayerLayout[];
  parameters: number;
  epochs_per_second: number | null;
  view: View;
  step: number;
  epoch: number;
  edited: boolean;
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
export type ServerMessage = Welcome | Ok | Refusal | ServerState | PointsMessage | PhaseChanged | Diverged;

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
  loss_columns: readonly string[];
  boundary: Tensor<Uint8Array>;
  maps: Tensor<Uint8Array>;
  map_ranges: Tensor<Float32Array>;
  theta: Tensor<Float64Array>;
  gradient: Tensor<Float32Array>;
  predictions: Tensor<Float32Array>;
  losses: Tensor<Float64Array>;
}

/** One recorded row of figures; undefined where a part has no points. */
export interface LossRow {
  step: number;
  epoch: number;
  train_loss: number;
  test_loss: number;
  train_score: number;
  test_score: number;
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
  /** The place shown has not been sent yet. */
  dirty: boolean;
  /** The id of the unanswered move, if any. */
  inFlight: number | null;
  released: boolean;
}

export interface Notice {
  kind: "info" | "warning" | "error";
  about: "connection" | "command" | "divergence" | "session";
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
  ink: string;
  muted: string;
  hairline: string;
  surface: string;
  train: string;
  test: string;
  font: string;
}

export interface Ui {
  /** The label that a new point gets. */
  brush: number;
  selected: number | null;
  hovered: number | null;
  /** The board's keyboard cursor, in board coordinates; null while the pointer leads. */
  cursor: readonly [number, number] | null;
  /** The hidden layer whose settings are open. */
  layer: number | null;
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
  drafts: readonly Draft[];
  edits: readonly PointEdit[];
  drag: Drag | null;
  notice: Notice | null;
  palette: Palette | null;
  ui: Ui;
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
  | { type: "brush"; label: number }
  | { type: "select"; id: number | null }
  | { type: "hover"; id: number | null }
  | { type: "cursor"; at: readonly [number, number] | null }
  | { type: "layer"; layer: number | null }
  | { type: "grab"; id: number; x: number; y: number }
  | { type: "drag"; x: number; y: number }
  | { type: "release" }
  | { type: "notice"; notice: Notice | null };
