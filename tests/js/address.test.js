import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { inflateRawSync } from "node:zlib";

import { pack } from "../../static/js/dom/packing.js";
import { difference, isExperiment, LONGEST, payloadOf, uploadedTable, VERSION } from "../../static/js/state/address.js";
import { bytesOfNumbers } from "../../static/js/state/numbers.js";
import { INITIAL } from "../../static/js/state.js";
import { SERVER } from "./helpers.js";

const KEPT = JSON.parse(readFileSync(new URL("../fixtures/links/version-1.json", import.meta.url), "utf8"));
/** As the server's schema tells the defaults; a test of the server's compares. @type {any} */
const SCHEMA = { experiment: { properties: Object.fromEntries(Object.entries(KEPT.defaults).map(([name, value]) => [name, { default: value }])) } };

/** @param {string} base64 */
const numbersOf = (base64) => {
  const bytes = Buffer.from(base64, "base64");
  return Float64Array.from({ length: bytes.length / 8 }, (_, row) => bytes.readDoubleLE(row * 8));
};

/** The page as it would be at a link's experiment. @param {any} link @returns {any} */
function stateAt({ spec, payload }) {
  const points = (payload.points ?? []).map((/** @type {number[]} */ [x1, x2, label, part], /** @type {number} */ row) => [row, x1, x2, label, part]);
  const tensor = (/** @type {string | undefined} */ text) => ({ shape: [], values: numbersOf(text ?? "") });
  const frame = { revision: 1, theta: tensor(payload.weights), statistics: tensor(payload.statistics) };
  return { ...INITIAL, schema: SCHEMA, points, frame, server: { ...SERVER, spec, edited: Boolean(payload.points) } };
}

/** @param {string} text */
const unpack = (text) => JSON.parse(inflateRawSync(Buffer.from(text.split(".")[1], "base64url")).toString());

for (const link of KEPT.links) {
  test(`a link is written as version 1 has it: ${link.name}`, async () => {
    assert.equal(VERSION, KEPT.version);
    const payload = payloadOf(stateAt(link), Boolean(link.payload.weights));
    assert.deepEqual(payload, link.payload);
    assert.deepEqual(unpack(await pack(/** @type {any} */ (payload))), link.payload);
    assert.equal((await pack(/** @type {any} */ (payload))).split(".")[0], "1");
  });

  test(`what the server wrote says the same: ${link.name}`, () => {
    assert.deepEqual(unpack(link.python), link.payload);
    assert.deepEqual(unpack(link.javascript), link.payload);
  });
}

test("a link's text has nothing that an address would escape", async () => {
  const text = await pack({ spec: {}, weights: bytesOfNumbers(Array.from({ length: 99 }, (_, row) => Math.sin(row))) });
  assert.match(text, /^1\.[A-Za-z0-9_-]+$/);
});

test("weights are in a link only by choice, and only those of the network that is shown", () => {
  const state = stateAt(KEPT.links[3]);
  assert.equal(payloadOf(state, false)?.weights, undefined);
  assert.equal(payloadOf(state, true)?.weights, KEPT.links[3].payload.weights);
  assert.equal(payloadOf({ ...state, frame: { ...state.frame, revision: 0 } }, true), null);
  assert.equal(payloadOf({ ...state, frame: null }, true), null);
  assert.equal(payloadOf({ ...state, server: null }, false), null);
});

test("points are in a link only where a hand has set them, and never those of a table", () => {
  const state = stateAt(KEPT.links[3]);
  assert.deepEqual(payloadOf(state, false)?.points?.[1], [-1.5, 0.1, 0, 0]);
  assert.equal(payloadOf({ ...state, server: { ...state.server, edited: false } }, false)?.points, undefined);
  const table = stateAt(KEPT.links[5]);
  assert.equal(payloadOf({ ...table, server: { ...table.server, edited: true } }, false)?.points, undefined);
});

test("an object of another kind is whole in a link, one of the same kind only where it differs", () => {
  const usual = { optimizer: { name: "adam", learning_rate: 0.03, eps: 1e-8 }, l2: 0, inputs: ["x1", "x2"] };
  assert.deepEqual(difference({ ...usual, optimizer: { eps: 1e-8, learning_rate: 0.1, name: "adam" } }, usual), { optimizer: { learning_rate: 0.1 } });
  assert.deepEqual(difference({ ...usual, optimizer: { name: "sgd", learning_rate: 0.03 } }, usual), { optimizer: { name: "sgd", learning_rate: 0.03 } });
  assert.deepEqual(difference({ ...usual, inputs: ["x1"], l2: 0.5, more: null }, usual), { inputs: ["x1"], l2: 0.5, more: null });
  assert.deepEqual(difference(usual, { ...usual }), {});
});

test("numbers are little-endian float64 in base64", () => {
  assert.equal(bytesOfNumbers([1]), "AAAAAAAA8D8=");
  assert.equal(bytesOfNumbers([-0, 0.5]), "AAAAAAAAAIAAAAAAAADgPw==");
  assert.equal(bytesOfNumbers([]), "");
});

test("only what has a key and a value behind its hash may be an experiment", () => {
  assert.ok(isExperiment("#e=1.abc"));
  assert.ok(isExperiment("#activation=tanh&noise=0"));
  for (const hash of ["", "#", "#board-hands", "#=1", "#a&b=1"]) assert.ok(!isExperiment(hash), hash);
});

test("an uploaded table is known by its name, and only while it is what the experiment is about", () => {
  const about = (/** @type {string} */ source, /** @type {string} */ name) => uploadedTable(/** @type {any} */ ({ server: { spec: { data: { source, table: { name } } } } }));
  assert.equal(about("table", "t-0123456789abcdef"), "t-0123456789abcdef");
  assert.equal(about("table", "iris"), null);
  assert.equal(about("xor", "t-0123456789abcdef"), null);
  assert.equal(uploadedTable(INITIAL), null);
  assert.equal(LONGEST, 8000);
});
