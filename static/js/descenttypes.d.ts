/** What the descent page's modules say to each other. Answers of the server are those of app/web/descent_models.py. */
import type { Palette } from "./types";

export type Place = readonly [number, number];
/** x, y, height, and the two numbers of the gradient. */
export type Row = readonly [number, number, number, number, number];

export interface Ground {
  name: string;
  domain: readonly [Place, Place];
  minima: readonly Place[];
  lowest: number;
  start: Place;
  steps: number;
  rates: Readonly<Record<string, number>>;
  steep: boolean;
  heights: readonly (readonly number[])[];
}
export interface Grounds {
  surfaces: readonly Ground[];
  steps: number;
  rate_least: number;
  rate_most: number;
  momentum_most: number;
  near: number;
}
export interface Racer {
  optimizer: string;
  rate: number;
}
export interface RacePath extends Racer {
  rows: readonly Row[];
  ended: "reached" | "stuck" | "diverged" | "wandering";
  valley: number | null;
  arrived: number | null;
}
export interface Race {
  race: { surface: string; start: Place; steps: number; momentum: number; runners: readonly Racer[] };
  paths: readonly RacePath[];
}

/** The catalogue's table for this page: texts, or further tables. */
export interface Words {
  readonly [key: string]: string | Words;
}
export interface Facts {
  words: Words;
  optimizers: readonly string[];
  presets: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What hands have set. Rates of those who do not run are kept. */
export interface Settings {
  surface: string;
  start: Place;
  steps: number;
  momentum: number;
  rates: Readonly<Record<string, number>>;
  on: readonly string[];
}

export interface DescentState {
  words: Words;
  optimizers: readonly string[];
  grounds: Grounds | null;
  palette: Palette | null;
  /** Null until the first race has said what the address left out. */
  settings: Settings | null;
  /** What to ask the server for; null where nobody runs. */
  query: string | null;
  /** The next answer says what the settings are: the query is an address's. */
  settling: boolean;
  race: Race | null;
  step: number;
  playing: boolean;
  /** Steps a second. */
  speed: number;
  /** Paths are faintly shown before the race comes there. */
  whole: boolean;
  dragging: boolean;
  notice: { kind: "warning" | "error"; text: string } | null;
  /** The field that is being typed into, and its text. */
  typing: { path: string; text: string } | null;
  errors: Readonly<Record<string, string>>;
  /** Whether there are pictures in 3-D; null while that is not known. */
  webgl: boolean | null;
  /** How far keys have turned the 3-D picture: degrees around and up, and nearness. */
  eye: { around: number; above: number; near: number };
}

export type DescentAction =
  | { type: "grounds"; grounds: Grounds }
  | { type: "palette"; palette: Palette }
  | { type: "webgl"; there: boolean }
  | { type: "address"; search: string }
  | { type: "raced"; query: string; answer: Race }
  | { type: "refused"; query: string; message: string }
  | { type: "notice"; text: string | null }
  | { type: "surface"; name: string }
  | { type: "start"; at: Place }
  | { type: "drag"; on: boolean }
  | { type: "typing"; path: string; text: string | null }
  | { type: "set"; path: string; text: string }
  | { type: "run"; optimizer: string; on: boolean }
  | { type: "whole"; on: boolean }
  | { type: "seek"; step: number }
  | { type: "play"; on: boolean }
  | { type: "speed"; speed: number }
  | { type: "turn"; around: number; above: number; near: number };
