import assert from "node:assert/strict";
import { test } from "node:test";
import { createTurns } from "../../static/js/dom/turns.js";
import { after, frame, joined, told } from "./helpers.js";

const playing = (/** @type {number} */ number) =>
  after(joined(), told({ type: "phase", phase: "playing", step: 25, epoch: 1 }), { type: "frame", frame: frame({ number }) });

test("while nothing plays all is drawn at once and nothing waits", () => {
  const turns = createTurns();
  for (const now of [1000, 1016])
    assert.deepEqual(turns.next(joined(), now), { diagram: true, charts: true, figures: true, panels: true, waits: false });
});

test("while it plays diagram and charts never draw in the same animation frame, and figures ten times a second", () => {
  const turns = createTurns();
  const drawn = [0, 16, 32, 48, 64, 80, 96, 112, 128].map((now, number) => turns.next(playing(number), 1000 + now));
  assert.ok(drawn.every(({ diagram, charts }) => diagram !== charts));
  assert.deepEqual(drawn.map(({ figures }) => figures), [true, false, false, false, false, false, false, true, false]);
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
  assert.deepEqual(turns.next(paused, 1020), { diagram: true, charts: true, figures: true, panels: true, waits: false });
});
