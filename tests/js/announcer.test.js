import assert from "node:assert/strict";
import { test } from "node:test";
import { createAnnouncer } from "../../static/js/dom/announcer.js";

/**
 * A region that writes down when it was told what, and hands that move the clock.
 * @param {import("node:test").TestContext} context
 */
function listening(context) {
  let now = 10_000;
  context.mock.timers.enable({ apis: ["setTimeout"] });
  context.mock.method(performance, "now", () => now);
  const global = /** @type {any} */ (globalThis);
  global.window = globalThis;
  context.after(() => delete global.window);
  /** @type {[number, string][]} */ const told = [];
  const region = {
    get textContent() {
      return told.at(-1)?.[1] ?? "";
    },
    set textContent(text) {
      told.push([now - 10_000, text]);
    },
  };
  const { tell } = createAnnouncer(/** @type {any} */ (region));
  const pass = (/** @type {number} */ time) => {
    for (let moment = 0; moment < time; moment += 100) {
      now += 100;
      context.mock.timers.tick(100);
    }
  };
  return { told, tell, pass };
}

test("what stands still for a moment is told, and three seconds lie between two sentences", (context) => {
  const { told, tell, pass } = listening(context);
  tell("Playing.");
  pass(300);
  assert.deepEqual(told, []);
  pass(100);
  assert.deepEqual(told, [[400, "Playing."]]);
  tell("Paused at epoch 1.");
  pass(2900);
  assert.equal(told.length, 1);
  pass(5000);
  assert.deepEqual(told.slice(1), [[3400, "Paused at epoch 1."]]);
});

test("of many sentences only the newest is told, and none that has been told already", (context) => {
  const { told, tell, pass } = listening(context);
  tell("Paused at epoch 0.");
  pass(4000);
  for (const epoch of [1, 2, 3]) {
    tell(`Paused at epoch ${epoch}.`);
    pass(300);
  }
  pass(4000);
  assert.deepEqual(told, [
    [400, "Paused at epoch 0."],
    [5000, "Paused at epoch 3."],
  ]);
  tell("Playing.");
  tell("Paused at epoch 3.");
  pass(4000);
  assert.equal(told.length, 2);
});
