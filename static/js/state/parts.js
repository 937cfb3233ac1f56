/**
 * What a point is used for. On the wire a part is its place here.
 * @import { Part, PointRow } from "../types"
 */

/** @type {readonly Part[]} */
export const PARTS = ["train", "validation", "test"];

/** How a part is called in a sentence. @type {Readonly<Record<Part, string>>} */
export const PART_WORDS = { train: "training", validation: "validation", test: "test" };

/** @param {PointRow} row */
export const isTrained = (row) => row[4] === 0;

/** @param {Part} part its number on the wire */
export const numberOf = (part) => PARTS.indexOf(part);

/** @param {number} number @returns {Part} */
export const partNamed = (number) => PARTS[number] ?? "train";

/** How many points each part has. @param {readonly PointRow[]} points @returns {Record<Part, number>} */
export function partCounts(points) {
  const counts = { train: 0, validation: 0, test: 0 };
  for (const row of points) counts[partNamed(row[4])] += 1;
  return counts;
}

/** How many points are trained on. @param {readonly PointRow[]} points */
export const trainedCount = (points) => points.filter(isTrained).length;

/** Points in one command, so that a message stays far below what the server takes. */
const BATCH = 1000;

/**
 * The commands that put rows on the board, each part by itself.
 * @param {readonly PointRow[]} rows @param {object} [more] what the commands carry beside, such as a gesture
 * @returns {{type: string, points: number[][], part: Part}[]}
 */
export function addingPoints(rows, more = {}) {
  return PARTS.flatMap((part) => {
    const points = rows.filter((row) => partNamed(row[4]) === part).map(([, x1, x2, label]) => [x1, x2, label]);
    const starts = Array.from({ length: Math.ceil(points.length / BATCH) }, (_, row) => row * BATCH);
    return starts.map((at) => ({ type: "add_points", points: points.slice(at, at + BATCH), part, ...more }));
  });
}
