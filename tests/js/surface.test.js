import assert from "node:assert/strict";
import { test } from "node:test";

import { surfaceShown } from "../../static/js/state/surface.js";
import { boxOf, cornerBefore, frontOf, meshOf, paintingOrder, projection, stemsOf, surfaceWords, writingsOf } from "../../static/js/views/surface.js";
import { toolsView } from "../../static/js/views/tools.js";
import { after, frame, joined, SERVER, told } from "./helpers.js";

/** @import { Child, Node, State } from "../../static/js/types" */

/** Straight from the front and level: u to the right, w up. */
const LEVEL = { on: true, yaw: 0, pitch: 0 };
const REGRESSION = { ...SERVER, spec: { ...SERVER.spec, data: { ...SERVER.spec.data, source: "table" } }, task: "regression", output: "linear", middle: null, target: { name: "price", unit: "£" } };
/** 2 x 2 cells: 0, 1 in front, 2/3 and 1/3 behind. */
const BOUNDARY = { shape: [1, 2, 2], values: Uint8Array.of(0, 255, 170, 85) };

/** @param {object} [more] @returns {State} */
const drawn = (more) =>
  after(
    joined(),
    told(REGRESSION),
    told({ type: "points", data_revision: 1, points: [[0, 3, -3, 2, 0], [1, -3, 3, -4, 2], [2, 40, 0, 1, 0]] }),
    { type: "surface", change: { on: true, ...more } },
    { type: "frame", frame: frame({ boundary: BOUNDARY, boundary_range: [-4, 4], predictions: { shape: [1, 3], values: Float32Array.of(4, 0, 0) } }) },
  );
/** @param {readonly number[]} spot */
const rounded = (spot) => spot.map((value) => Math.round(value));
/** @param {readonly Child[]} children @param {(node: Node) => boolean} pick @returns {Node[]} */
const find = (children, pick) => children.flatMap((child) => (typeof child === "string" ? [] : [...(pick(child) ? [child] : []), ...find(child.children, pick)]));

test("from the front, level, the floor is a line, and height goes straight up", () => {
  const project = projection(LEVEL, 400);
  const scale = (400 - 68) / (2 * Math.SQRT2);
  assert.deepEqual(rounded(project(0, 0, 0.5)), [200, 200]);
  assert.deepEqual(rounded(project(1, -1, 0.5)), rounded([200 + scale, 200]));
  assert.deepEqual(rounded(project(1, 1, 0.5)), rounded([200 + scale, 200]));
  assert.deepEqual(rounded(project(0, 0, 1)), rounded([200, 200 - 0.8 * scale]));
});

test("from above the board is seen as it lies, and a quarter turn moves right to where up was", () => {
  const above = projection({ yaw: 0, pitch: Math.PI / 2 }, 400);
  const scale = (400 - 68) / (2 * Math.SQRT2);
  assert.deepEqual(rounded(above(1, 0, 0.3)), rounded([200 + scale, 200]));
  assert.deepEqual(rounded(above(0, 1, 0.9)), rounded([200, 200 - scale]));
  const turned = projection({ yaw: Math.PI / 2, pitch: Math.PI / 2 }, 400);
  assert.deepEqual(rounded(turned(1, 0, 0)), rounded([200, 200 - scale]));
});

test("whichever way it is turned, the whole box stays on the canvas", () => {
  for (let yaw = -3.1; yaw < 3.2; yaw += 0.3)
    for (const pitch of [0.12, 0.55, 1.1, Math.PI / 2])
      for (const u of [-1, 1])
        for (const v of [-1, 1])
          for (const w of [0, 1]) {
            const [x, y] = projection({ yaw, pitch }, 400)(u, v, w);
            assert.ok(x > 30 && x < 370 && y > 0 && y < 400, `${yaw} ${pitch}`);
          }
});

test("cells are painted far ones first, from every side", () => {
  for (const yaw of [-2.5, -0.6, 0.4, 2]) {
    const depth = (/** @type {readonly number[]} */ [u, v]) => u * Math.sin(yaw) + v * Math.cos(yaw);
    const order = paintingOrder(4, { yaw });
    assert.equal(order.length, 16);
    // Of two neighbours the one further away comes before the other.
    const at = new Map(order.map((cell, row) => [cell.join(), row]));
    for (const [column, row] of order)
      for (const next of [[column + 1, row], [column, row + 1]]) {
        const other = at.get(next.join());
        if (other === undefined) continue;
        assert.equal(Number(at.get([column, row].join())) < other, depth([column, row]) > depth(next));
      }
  }
});

test("the mesh takes its corners evenly out of the picture, of several classes the probability's", () => {
  const picture = { shape: [1, 100, 100], values: Uint8Array.from({ length: 10_000 }, (_, cell) => cell % 100) };
  const mesh = meshOf(picture);
  assert.deepEqual([mesh.side, mesh.heights.length, mesh.labels], [40, 1600, null]);
  assert.deepEqual([mesh.heights[0], mesh.heights[39], mesh.heights[40]], [0, 99, 0]);
  assert.deepEqual([mesh.places[0], mesh.places[39]].map((place) => Number(place.toFixed(4))), [-0.99, 0.99]);
  const several = meshOf({ shape: [2, 2, 2], values: Uint8Array.of(2, 0, 1, 1, 90, 80, 70, 60) });
  assert.deepEqual([[...several.heights], [...(several.labels ?? [])]], [[90, 80, 70, 60], [2, 0, 1, 1]]);
});

test("a point's stem runs from what the network says to what it is; what lies outside has none", () => {
  const stems = stemsOf(drawn(), meshOf(BOUNDARY));
  assert.deepEqual(
    stems.map(({ row, u, v, w, base }) => [row[0], u, v, w, base]),
    [[0, 0.5, -0.5, 0.75, 1], [1, -0.5, 0.5, 0, 0.5]],
  );
  const moved = after(drawn(), told({ type: "points", data_revision: 2, points: [[0, 3, -3, 2, 0]] }));
  assert.equal(stemsOf(moved, meshOf(BOUNDARY))[0].base, 0);
  assert.equal(cornerBefore({ side: 40, places: new Float64Array(), heights: new Uint8Array(), labels: null }, 1), 38);
});

test("the axes stand at the edges in front, with the data's names and numbers", () => {
  assert.deepEqual(frontOf({ yaw: -0.6 }), { u: 1, v: -1 });
  assert.deepEqual(frontOf({ yaw: 2.5 }), { u: -1, v: 1 });
  const state = drawn();
  const texts = writingsOf(state, projection(state.surface, 400)).map(({ text }) => text);
  for (const word of ["x1", "x2", "↑ price (£)", "−2", "4"]) assert.ok(texts.includes(word), word);
  assert.equal(boxOf(state, projection(state.surface, 400)).floor.length, 4);
});

test("it is told in words, and turns with wrapped angles but never below the floor", () => {
  assert.match(surfaceWords(drawn()), /^Surface: price \(£\) over x1 and x2, from −4.000 £ to 4.000 £. Turned by −34°, seen from 32° above/);
  const { yaw, pitch } = drawn({ yaw: 4, pitch: -1 }).surface;
  assert.deepEqual([Number((yaw + 2 * Math.PI).toFixed(6)), pitch], [4, 0.12]);
});

test("a curve has no surface, and no button for one", () => {
  const curve = after(drawn(), told({ ...REGRESSION, chart: "curve" }));
  assert.equal(surfaceShown(drawn()), true);
  assert.equal(surfaceShown(curve), false);
  const toggles = (/** @type {State} */ state) => find(toolsView(state), ({ attrs }) => attrs["data-toggle"] !== undefined).map(({ attrs }) => attrs["data-toggle"]);
  assert.deepEqual([toggles(drawn()).includes("surface"), toggles(curve).includes("surface")], [true, false]);
});
