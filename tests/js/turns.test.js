import assert from "node:assert/strict";
import { test } from "node:test";
import { ALL, createTurns } from "../../static/js/dom/turns.js";
import { after, frame, joined, told } from "./helpers.js";

const playing = (/** @type {number} */ number) =>
  after(joined(), told({ type: "phase", phase: "playing", step: 25, epoch: 1 }), { type: "frame", frame: frame({ number }) });

test("while nothing plays all is drawn at once and nothing waits", () => {
  const turns = createTurns();
  for (const now of [1000, 1016])
    assert.deepEqual(turns.next(joined(), now), { ...ALL, waits: false });
});

test("while it plays diagram and charts never draw in the same animation frame, and figures ten times a second", () => {
  const turns = createTurns();
  const drawn = [0, 16, 32, 48, 64, 80, 96, 112, 128].map((now, number) => turns.next(playing(number), 1000 + now));
  assert.ok(drawn.every(({ diagram, charts }) => diagram !== charts));
  assert.deepEqual(drawn.map(({ figures }) => figures), [true, false, false, false, false, false, false, true, false]);
});

test("a point that is dragged on a paused board has turns drawn as in play, and all at once when it is let go", () => {
  const held = after(playing(1), told({ type: "phase", phase: "paused", step: 30, epoch: 1 }), { type: "grab", id: 1, x: 0, y: 0 });
  const turns = createTurns();
  const drawn = [1000, 1016, 1032, 1048].map((now) => turns.next(held, now));
  assert.deepEqual(drawn.map(({ diagram, charts }) => [diagram, charts]), [
    [true, false],
    [false, true],
    [true, false],
    [false, true],
  ]);
  const dropped = after(held, { type: "release" });
  assert.deepEqual(turns.next(dropped, 1064), { ...ALL, waits: false });
});

test("the diagram's lines change in every second turn of its pictures at sixty frames a second, and the newest are shown in the end", () => {
  const turns = createTurns();
  const drawn = [0, 16, 32, 48, 64, 80, 96, 112, 128].map((now, number) => turns.next(playing(number), 1000 + now));
  assert.deepEqual(drawn.map(({ diagram, lines }) => [diagram, lines]).filter(([diagram]) => diagram), [
    [true, true],
    [true, false],
    [true, true],
    [true, false],
    [true, true],
  ]);
  const state = playing(9);
  assert.deepEqual([144, 160, 176].map((now) => turns.next(state, 1000 + now).waits), [true, true, true]);
  assert.deepEqual([192, 208, 224, 240].map((now) => turns.next(state, 1000 + now).lines), [true, false, false, false]);
});

test("the units' values change with a picture of the diagram, ten times a second, and the newest are shown in the end", () => {
  const turns = createTurns();
  const drawn = Array.from({ length: 16 }, (_, number) => turns.next(playing(number), 1000 + 16 * number));
  assert.deepEqual(drawn.flatMap(({ values }, number) => (values ? [number] : [])), [0, 8]);
  assert.ok([drawn[0], drawn[8]].every(({ diagram }) => diagram));
  const state = playing(16);
  turns.next(state, 1256);
  const newer = playing(17);
  const rest = Array.from({ length: 8 }, (_, number) => turns.next(newer, 1272 + 16 * number));
  assert.deepEqual(rest.flatMap(({ values }, number) => (values ? [number] : [])), [7]);
  assert.ok(rest.slice(0, 7).every(({ waits }) => waits));
});

test("panels of small pictures are drawn five times a second", () => {
  const turns = createTurns();
  const drawn = Array.from({ length: 27 }, (_, number) => turns.next(playing(number), 1000 + 16 * number));
  assert.deepEqual(drawn.flatMap(({ panels }, number) => (panels ? [number] : [])), [0, 13, 26]);
});

test("the newest frame is drawn by all within two animation frames, then nothing waits any more", () => {
  const turns = createTurns();
  const state = playing(1);
  const drawn = [1000, 1016].map((now) => turns.next(state, now));
  assert.deepEqual(drawn.map(({ diagram, charts, waits }) => [diagram, charts, waits]), [
    [true, false, true],
    [false, true, false],
  ]);
});

test("a figure held back is shown when its time has come", () => {
  const turns = createTurns();
  turns.next(playing(1), 1000);
  const state = playing(2);
  assert.equal(turns.next(state, 1016).waits, true);
  assert.deepEqual([1032, 1048].map((now) => turns.next(state, now).waits), [true, true]);
  assert.equal(turns.next(state, 1101).figures, true);
});

test("pausing shows all at once", () => {
  const turns = createTurns();
  turns.next(playing(1), 1000);
  const state = playing(2);
  turns.next(state, 1016);
  const paused = after(state, told({ type: "phase", phase: "paused", step: 30, epoch: 1 }));
  assert.deepEqual(turns.next(paused, 1020), { ...ALL, waits: false });
});
