/**
 * Points as text: tables out of a spreadsheet, CSV in and out. Good lines are taken, bad ones are named with the reason.
 * @import { Axis, BadLine, Part, PointRow } from "../types"
 */
import { rawOf } from "./axes.js";
import { partNamed } from "./parts.js";

/** What a point may be: coordinates within +/- `coordinate`; a class below `classes`, or a value within +/- `target`. */
/** @typedef {{coordinate: number, target: number, classes: number | null, room: number}} Limits */
/** @typedef {{x1: number, x2: number, label: number, part: Part}} Row */
/** How columns are called, and their values in the data's own units. */
/** @typedef {{name: (column: "x1" | "x2" | "label") => string, raw: (column: "x1" | "x2", value: number) => number}} Names */

/** @type {Names} */
const PLAIN = { name: (column) => column, raw: (_, value) => value };

const TEST = /^(test|tested|true|yes|1)$/i;
const VALIDATION = /^(validation|valid|val)$/i;
const TRAINING = /^(train|training|false|no|0|)$/i;
const HEADER = "x1,x2,label,part";

/**
 * @param {string} text lines of x1, x2, label and, if you like, part; separated by tabs, semicolons, commas or spaces
 * @param {Limits} limits
 * @returns {{rows: Row[], bad: BadLine[]}}
 */
export function parsePoints(text, limits) {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\r|\n/);
  const separator = separatorOf(text);
  /** @type {Row[]} */ const rows = [];
  /** @type {BadLine[]} */ const bad = [];
  let header = true;
  lines.forEach((line, index) => {
    if (!line.trim()) return;
    const cells = cellsOf(line, separator);
    const first = header;
    header = false;
    if (first && isHeader(cells)) return;
    const read = rows.length < limits.room ? readRow(cells, limits, separator !== ",") : "the board is full";
    if (typeof read === "string") bad.push({ line: index + 1, text: line.trim(), reason: read });
    else rows.push(read);
  });
  return { rows, bad };
}

/** What separates the cells: whatever a spreadsheet would have used before it used a comma. @param {string} text */
function separatorOf(text) {
  return ["\t", ";", ","].find((sign) => text.includes(sign)) ?? " ";
}

/** @param {string} line @param {string} separator */
function cellsOf(line, separator) {
  const cells = separator === " " ? line.trim().split(/\s+/) : line.split(separator);
  return cells.map((cell) => cell.trim().replace(/^"(.*)"$/, "$1").trim());
}

/** No number in the first three cells: these are their names. @param {readonly string[]} cells */
function isHeader(cells) {
  return cells.slice(0, 3).every((cell) => !/\d/.test(cell.replace(/^[a-z_]+\d*$/i, "")));
}

/**
 * A number as people write it: a true minus sign, and a comma for the point where commas do not separate. NaN if it is none.
 * @param {string} text
 * @param {boolean} comma
 */
export function readNumber(text, comma = true) {
  const plain = text.trim().replace("−", "-");
  const dotted = comma ? plain.replace(",", ".") : plain;
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(dotted) ? Number(dotted) : NaN;
}

/** @param {readonly string[]} cells @param {Limits} limits @param {boolean} comma @returns {Row | string} the row, or what is wrong */
function readRow(cells, limits, comma) {
  while (cells.length > 3 && cells.at(-1) === "") cells = cells.slice(0, -1);
  if (cells.length < 3) return `${cells.length} ${cells.length === 1 ? "value" : "values"}; x1, x2 and label are needed`;
  if (cells.length > 4) return `${cells.length} values; x1, x2, label and part are all there can be`;
  const names = /** @type {const} */ (["x1", "x2", "label"]);
  const [x1, x2, label] = cells.slice(0, 3).map((cell) => readNumber(cell, comma));
  const wrong = names.map((name, at) => complaint(name, cells[at], [x1, x2, label][at], limits)).find(Boolean);
  if (wrong) return wrong;
  const part = cells[3] ?? "";
  if (![TEST, VALIDATION, TRAINING].some((words) => words.test(part))) return `part is “${part}”; it is train, validation or test`;
  return { x1, x2, label, part: TEST.test(part) ? "test" : VALIDATION.test(part) ? "validation" : "train" };
}

/**
 * What is wrong with a value; null if nothing is.
 * @param {"x1" | "x2" | "label"} column @param {string} text as it was written @param {number} value @param {Limits} limits
 * @param {Names} [names] @returns {string | null}
 */
export function complaint(column, text, value, { coordinate, target, classes }, names = PLAIN) {
  const name = names.name(column);
  if (Number.isNaN(value)) return text ? `${name} is “${text}”, which is no number` : `${name} is missing`;
  if (column !== "label") return Math.abs(value) <= coordinate ? null : `${name} must be from ${rangeText([-coordinate, coordinate].map((end) => names.raw(column, end)))}`;
  if (classes === null) return Math.abs(value) <= target ? null : `label must be from −${target} to ${target}`;
  const whole = Number.isInteger(value) && value >= 0 && value < classes;
  return whole ? null : `label must be a whole number from 0 to ${classes - 1}`;
}

/** @param {readonly number[]} ends */
function rangeText([low, high]) {
  return `${low} to ${high}`.replaceAll("-", "−");
}

/** @param {readonly PointRow[]} points @returns {string} CSV with a header row; every figure to its last place */
export function toCsv(points) {
  const lines = points.map(([, x1, x2, label, part]) => `${x1},${x2},${label},${partNamed(part)}`);
  return [HEADER, ...lines, ""].join("\n");
}

/**
 * A cell of CSV, in quotes where it needs them; an apostrophe keeps a spreadsheet from carrying out a name as a formula.
 * @param {string | number} value
 */
export function csvCell(value) {
  const text = /^[=+\-@\t\r]/.test(String(value)) && !Number.isFinite(Number(value)) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The same for a table: the two numbers that the board shows, in the data's own units, and the classes' names.
 * @param {readonly PointRow[]} points @param {readonly [Axis, Axis]} axes @param {string} target its name @param {readonly string[]} labels
 */
export function toTableCsv(points, axes, target, labels) {
  const head = [...axes.map(({ name }) => name), target, "part"];
  const rows = points.map(([, x1, x2, label, part]) => {
    const places = [x1, x2].map((at, row) => Number(rawOf(axes[row], at).toPrecision(9)));
    return [...places, labels[label] ?? label, partNamed(part)];
  });
  return [head, ...rows].map((cells) => `${cells.map(csvCell).join(",")}\n`).join("");
}
