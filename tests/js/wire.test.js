import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { decodeFrame } from "../../static/js/wire.js";

const GOLDEN = new URL("../golden/", import.meta.url);
const TYPES = /** @type {Record<string, Function>} */ ({ U8: Uint8Array, F32: Float32Array, F64: Float64Array });

/** @param {number} [shift] bytes before the frame, to move its arrays off their alignment */
function golden(shift = 0) {
  const bytes = readFileSync(new URL("frame.safetensors", GOLDEN));
  const buffer = new ArrayBuffer(bytes.length + shift);
  new Uint8Array(buffer, shift).set(bytes);
  return buffer.slice(shift);
}

const expected = JSON.parse(readFileSync(new URL("frame.json", GOLDEN), "utf8"));

test("the golden frame reads to the facts that Python wrote", () => {
  const frame = decodeFrame(golden());
  assert.equal(frame.number, expected.number);
  assert.equal(frame.step, expected.step);
  assert.equal(frame.revision, 3);
  assert.deepEqual(frame.now, expected.now);
  assert.equal(frame.loss_columns.length, 10);
});

for (const [name, [type, shape, values]] of Object.entries(expected.tensors)) {
  test(`the golden frame's ${name} reads to the values that Python wrote`, () => {
    const tensor = /** @type {any} */ (decodeFrame(golden()))[name];
    assert.ok(tensor.values instanceof TYPES[type]);
    assert.deepEqual(tensor.shape, shape);
    assert.deepEqual(
      [...tensor.values],
      values.map((/** @type {number | null} */ value) => value ?? NaN),
    );
  });
}

test("arrays that do not lie on their alignment are read all the same", () => {
  const text = `{"__metadata__":{"frame":"{\\"number\\":9}"},${[
    "boundary",
    "maps",
    "map_ranges",
    "gradient",
    "predictions",
    "probe",
    "focus",
    "losses",
  ]
    .map((name) => `"${name}":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}`)
    .join(",")},"theta":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}`;
  const odd = text.length % 8 ? text : `${text} `;
  const buffer = new ArrayBuffer(8 + odd.length + 8);
  new DataView(buffer).setBigUint64(0, BigInt(odd.length), true);
  new Uint8Array(buffer).set(new TextEncoder().encode(odd), 8);
  new DataView(buffer).setFloat64(8 + odd.length, 2.5, true);
  assert.notEqual((8 + odd.length) % 8, 0);
  assert.deepEqual([...decodeFrame(buffer).theta.values], [2.5]);
});

test("a frame that is cut short is refused, not half read", () => {
  assert.throws(() => decodeFrame(golden().slice(0, -8)), RangeError);
});
