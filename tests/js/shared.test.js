import assert from "node:assert/strict";
import { test } from "node:test";
import { shared } from "../../static/js/state/shared.js";
import { after, frame, joined, told } from "./helpers.js";

test("what is told again without a change is the very same", () => {
  const before = { spec: { layers: [{ units: 4 }, { units: 2 }] }, axes: null, inputs: ["x1", "x2"], loss: NaN };
  assert.equal(shared(before, structuredClone(before)), before);
});

test("of a change only the way to it is new", () => {
  const before = { spec: { layers: [{ units: 4 }, { units: 2 }], seed: 1 }, inputs: ["x1"] };
  const now = shared(before, { spec: { layers: [{ units: 4 }, { units: 3 }], seed: 1 }, inputs: ["x1"] });
  assert.deepEqual(now, { spec: { layers: [{ units: 4 }, { units: 3 }], seed: 1 }, inputs: ["x1"] });
  assert.notEqual(now.spec, before.spec);
  assert.equal(now.spec.layers[0], before.spec.layers[0]);
  assert.equal(now.inputs, before.inputs);
});

test("a list that has grown or shrunk, and a record that has lost a name, are not the old ones", () => {
  assert.deepEqual(shared([1, 2], [1, 2, 3]), [1, 2, 3]);
  assert.deepEqual(shared([1, 2, 3], [1, 2]), [1, 2]);
  assert.deepEqual(shared({ a: 1, b: undefined }, { a: 1 }), { a: 1 });
  assert.deepEqual(shared([], {}), {});
  assert.equal(shared({ a: 1 }, null), null);
});

test("arrays of numbers are the same to the bit or not at all, wherever they lie", () => {
  const before = { shape: [3], values: new Uint8Array([1, 2, 3]) };
  assert.equal(shared(before, { shape: [3], values: new Uint8Array([9, 1, 2, 3]).subarray(1) }), before);
  assert.deepEqual([...shared(before, { shape: [3], values: new Uint8Array([1, 2, 4]) }).values], [1, 2, 4]);
  assert.deepEqual([...shared(before, { shape: [2], values: new Uint8Array([1, 2]) }).values], [1, 2]);
  assert.deepEqual(shared(new Float32Array([1]), new Float64Array([1])), new Float64Array([1]));
  const zero = new Float64Array([0, 1]);
  assert.equal(shared(zero, new Float64Array([0, 1])), zero);
  assert.ok(Object.is(shared(zero, new Float64Array([-0, 1]))[0], -0));
});

test("a frame on a paused board brings the picture that is there, and a step the one that it tells", () => {
  const tensor = (/** @type {number[]} */ ...values) => ({ shape: [1, 2, 2], values: new Uint8Array(values) });
  const first = after(joined(), { type: "frame", frame: frame({ number: 1, boundary: tensor(1, 2, 3, 4) }) });
  const second = after(first, { type: "frame", frame: frame({ number: 2, boundary: tensor(1, 2, 3, 4) }) });
  const third = after(second, { type: "frame", frame: frame({ number: 3, boundary: tensor(1, 2, 3, 5) }) });
  assert.equal(second.frame?.number, 2);
  assert.equal(second.frame?.boundary, first.frame?.boundary);
  assert.equal(second.server, first.server);
  assert.deepEqual([...(third.frame?.boundary.values ?? [])], [1, 2, 3, 5]);
});

test("of a list of points in which one has moved the others are the rows that are there", () => {
  const message = (/** @type {number} */ x, /** @type {number} */ revision) =>
    told({ type: "points", points: [[1, 0.5, 0.5, 1, 0], [2, x, 0, 0, 0]], data_revision: revision });
  const before = after(joined(), message(1, 1));
  const now = after(before, message(1.5, 2));
  assert.equal(now.points[0], before.points[0]);
  assert.deepEqual(now.points[1], [2, 1.5, 0, 0, 0]);
});
