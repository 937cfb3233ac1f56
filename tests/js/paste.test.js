import assert from "node:assert/strict";
import { test } from "node:test";

import { parsePoints, readNumber, toCsv } from "../../static/js/state/paste.js";
import { POINTS } from "./helpers.js";

const LIMITS = { coordinate: 100, target: 1000, classes: 2, room: 10 };
/** @param {string} text @param {object} [limits] */
const parse = (text, limits = {}) => parsePoints(text, { ...LIMITS, ...limits });
/** @param {string} text @param {object} [limits] */
const rows = (text, limits) => parse(text, limits).rows.map(({ x1, x2, label, part }) => [x1, x2, label, part]);
/** @param {string} text @param {object} [limits] */
const reasons = (text, limits) => parse(text, limits).bad.map(({ line, reason }) => [line, reason]);

test("a table out of a spreadsheet, CSV, semicolons and spaces read the same", () => {
  const wanted = [
    [1.5, -2, 0, "train"],
    [0, 0.25, 1, "test"],
  ];
  assert.deepEqual(rows("1.5\t-2\t0\n0\t.25\t1\ttest\n"), wanted);
  assert.deepEqual(rows("1.5,-2,0\r\n0,0.25,1,test"), wanted);
  assert.deepEqual(rows("1,5;-2;0\n0;0,25;1;test"), wanted);
  assert.deepEqual(rows("1,5\t−2\t0\n0\t0,25\t1\tTest"), wanted);
  assert.deepEqual(rows('1.5 -2  0\n"0" 0.25 1 test'), wanted);
});

test("a header row, empty lines and a byte order mark are passed over, and lines keep their numbers", () => {
  const text = "\uFEFFx1,x2,label,part\n\n1,2,0,train\nx1,x2,label\n";
  assert.deepEqual(rows(text), [[1, 2, 0, "train"]]);
  assert.deepEqual(reasons(text), [[4, "x1 is “x1”, which is no number"]]);
});

test("a first row with a number in it is no header", () => {
  assert.deepEqual(reasons("abc,2,0\n1,1,1"), [[1, "x1 is “abc”, which is no number"]]);
});

test("each bad line says what is wrong, good ones around it are taken", () => {
  const text = "1,1,0\n101,0,0\n0,0,2\n0,0,0.5\n0,0\n1,2,0,maybe\n1,,0\n1,2,0,test,5\n2,2,1";
  assert.deepEqual(rows(text), [
    [1, 1, 0, "train"],
    [2, 2, 1, "train"],
  ]);
  assert.deepEqual(reasons(text), [
    [2, "x1 must be from −100 to 100"],
    [3, "label must be a whole number from 0 to 1"],
    [4, "label must be a whole number from 0 to 1"],
    [5, "2 values; x1, x2 and label are needed"],
    [6, "part is “maybe”; it is train, validation or test"],
    [7, "x2 is missing"],
    [8, "5 values; x1, x2, label and part are all there can be"],
  ]);
});

test("a regression's label is any value within its bound", () => {
  const regression = { classes: null };
  assert.deepEqual(rows("0,0,-0.5\n0,0,1000", regression), [
    [0, 0, -0.5, "train"],
    [0, 0, 1000, "train"],
  ]);
  assert.deepEqual(reasons("0,0,1000.5", regression), [[1, "label must be from −1000 to 1000"]]);
});

test("what the board has no room for is named", () => {
  assert.deepEqual(rows("1,1,0\n2,2,0\n3,3,0", { room: 1 }), [[1, 1, 0, "train"]]);
  assert.deepEqual(reasons("1,1,0\n2,2,0", { room: 1 }), [[2, "the board is full"]]);
});

test("numbers are read as people write them, and nothing else is", () => {
  assert.deepEqual(["1", " −2,5 ", "+.5", "1e-3", "3."].map((text) => readNumber(text)), [1, -2.5, 0.5, 0.001, 3]);
  for (const text of ["", "1.2.3", "0x10", "Infinity", "1 2", "NaN"]) assert.ok(Number.isNaN(readNumber(text)), text);
  assert.ok(Number.isNaN(readNumber("1,5", false)));
});

test("points copied out are the same points pasted in", () => {
  const text = toCsv(POINTS);
  assert.equal(text, "x1,x2,label,part\n1,1,0,train\n-1,-1,1,test\n");
  assert.deepEqual(rows(text), [
    [1, 1, 0, "train"],
    [-1, -1, 1, "test"],
  ]);
});
