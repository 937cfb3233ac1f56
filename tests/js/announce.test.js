import assert from "node:assert/strict";
import { test } from "node:test";
import { announcementOf } from "../../static/js/views/announce.js";
import { after, frame, joined, told } from "./helpers.js";

/** @param {string} phase */
const phase = (phase, step = 25, epoch = 1) => told({ type: "phase", phase, step, epoch });

test("playing and pausing are told, with the accuracy that was reached", () => {
  assert.equal(announcementOf(joined()), "Paused at epoch 0.");
  assert.equal(announcementOf(after(joined(), phase("playing"))), "Playing.");
  const paused = after(joined(), { type: "frame", frame: frame() }, phase("paused"));
  assert.equal(announcementOf(paused), "Paused at epoch 1. Training accuracy 75.0 %.");
});

test("while it plays the sentence stays the same, however many frames come", () => {
  const playing = after(joined(), phase("playing"));
  assert.equal(announcementOf(after(playing, { type: "frame", frame: frame() })), announcementOf(playing));
});

test("divergence and a lost connection are told", () => {
  assert.equal(announcementOf(after(joined(), phase("diverged", 60, 2))), "Training diverged at epoch 2.");
  const lost = after(joined(), { type: "connection", connection: "lost", text: "" });
  assert.equal(announcementOf(lost), "Connection lost. Reconnecting.");
});
