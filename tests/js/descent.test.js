/** The descent page's state, addresses and pictures: what is shown is what the server ran, never what is still to come. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { addressOf, askedOf, lookedAt, queryOf } from "../../static/js/state/descent/address.js";
import { firstState, pathsOf, reduce } from "../../static/js/state/descent/race.js";
import { pathsView } from "../../static/js/views/descent/contours.js";
import { placeOfRate, rateAtPlace } from "../../static/js/views/descent/fields.js";
import { heightScales, powerText } from "../../static/js/views/descent/heights.js";
import { runnersView } from "../../static/js/views/descent/runners.js";
import { relief, terrainFigure } from "../../static/js/views/descent/terrain.js";
import { announcement, placeText, say, standing } from "../../static/js/views/descent/words.js";

/** @typedef {import("../../static/js/descenttypes").DescentAction} DescentAction */
/** @typedef {import("../../static/js/descenttypes").DescentState} DescentState */

const WORDS = {
  arrived: "there since step {step}",
  arrived_at: "at ({x}, {y}) since step {step}",
  at_start: "at the start",
  on_the_way: "on the way",
  diverged: "diverged at step {step}",
  stuck: "at rest",
  not_there: "not there after {steps} steps",
  bad_address: "refused: {message}",
  out_of: "from {low} to {high}",
  no_number: "no number",
  not_whole: "not whole",
  say_step: "Step {step} of {steps}.",
  say_start: "Start at {x}, {y}.",
  say_arrived: "In a valley: {names}.",
  say_diverged: "Diverged: {names}.",
  say_playing: "Playing.",
};
const BOWL = {
  name: "bowl",
  domain: [[-4, 4], [-4, 4]],
  minima: [[0, 0]],
  lowest: 0,
  start: [3, 2],
  steps: 100,
  rates: { sgd: 0.1, adam: 0.3 },
  steep: false,
  heights: [[32, 16, 32], [16, 0, 16], [32, 16, 32]],
};
const RAVINE = { ...BOWL, name: "ravine", start: [-3.5, 2], rates: { sgd: 0.45, adam: 0.2 } };
const GROUNDS = /** @type {any} */ ({ surfaces: [BOWL, RAVINE], steps: 500, rate_least: 1e-6, rate_most: 10, momentum_most: 0.999, near: 0.05 });
const PALETTE = /** @type {any} */ ({
  classes: ["#d8720a", "#1f6fb2"],
  surface: "#ffffff",
  positive: "#1f6fb2",
  muted: "#566173",
  hairline: "#dedad2",
  strength: 0.66,
  scale: 1,
  font: "sans",
});
const HALVES = [3, 1.5, 0.75].map((x) => [x, 0, x * x, 2 * x, 0]);
const SGD = { optimizer: "sgd", rate: 0.25, rows: HALVES, ended: "reached", valley: 0, arrived: 2 };
const ADAM = { optimizer: "adam", rate: 9, rows: HALVES.slice(0, 2), ended: "diverged", valley: null, arrived: null };
const RACE = /** @type {any} */ ({
  race: { surface: "bowl", start: [3, 0], steps: 2, momentum: 0.9, runners: [SGD, ADAM].map(({ optimizer, rate }) => ({ optimizer, rate })) },
  paths: [SGD, ADAM],
});

/** @param {DescentState} state @param {...DescentAction} actions */
const after = (state, ...actions) => actions.reduce(reduce, state);
const FIRST = after(
  firstState({ words: WORDS, optimizers: ["sgd", "adam"], presets: {} }),
  { type: "palette", palette: PALETTE },
  { type: "grounds", grounds: GROUNDS },
  { type: "address", search: "?x=3&y=0&rates=0.25,9&steps=2&theme=dark" },
);
const RACED = after(FIRST, { type: "raced", query: FIRST.query ?? "", answer: RACE });
/** @param {unknown} tree */
const text = (tree) => JSON.stringify(tree);
/** @param {DescentState} state @param {number} row */
const kindOf = (state, row) => standing(state, pathsOf(state)[row]).kind;

test("an address is asked as it stands, without what is the page's own", () => {
  assert.equal(FIRST.query, "x=3&y=0&steps=2&rates=0.25,9");
  assert.equal(askedOf("?surface=a%26b&step=3"), "surface=a%26b");
  assert.deepEqual(lookedAt("?step=12&whole=0"), { step: 12, whole: false });
  assert.deepEqual(lookedAt("?step=-1.5"), { step: 0, whole: true });
});

test("what an address leaves out comes from the server's answer", () => {
  assert.deepEqual(RACED.settings, { surface: "bowl", start: [3, 0], steps: 2, momentum: 0.9, rates: { sgd: 0.25, adam: 9 }, on: ["sgd", "adam"] });
  assert.equal(RACED.query, "surface=bowl&x=3&y=0&steps=2&momentum=0.9&optimizers=sgd,adam&rates=0.25,9");
  assert.equal(addressOf(after(RACED, { type: "seek", step: 2 })), `?${RACED.query}&step=2`);
});

test("moving the start asks for the race anew and shows the old one until the new one is there", () => {
  const moved = after(RACED, { type: "start", at: [-1, 2.5] });
  assert.match(moved.query ?? "", /x=-1&y=2.5/);
  assert.equal(moved.race, RACE);
});

test("while it plays another start begins the race anew, at rest the step stays", () => {
  const there = after(RACED, { type: "seek", step: 2 });
  assert.equal(after(there, { type: "start", at: [1, 1] }).step, 2);
  assert.equal(after(RACED, { type: "play", on: true }, { type: "seek", step: 1 }, { type: "start", at: [1, 1] }).step, 0);
});

test("an answer that comes after another surface was chosen is not shown", () => {
  const other = after(RACED, { type: "surface", name: "ravine" });
  assert.deepEqual([other.settings?.start, other.settings?.rates.sgd, other.race], [[-3.5, 2], 0.45, null]);
  assert.equal(after(other, { type: "raced", query: "old", answer: RACE }).race, null);
});

test("an address that cannot be is said and the bowl is asked for instead", () => {
  const refused = after(FIRST, { type: "refused", query: FIRST.query ?? "", message: "x: too far" });
  assert.deepEqual([refused.query, refused.notice?.text], ["", "refused: x: too far"]);
});

test("a number out of bounds is refused in words and changes nothing", () => {
  const far = after(RACED, { type: "set", path: "x", text: "9" });
  assert.deepEqual([far.errors, far.query], [{ x: "from -4 to 4" }, RACED.query]);
  assert.equal(after(RACED, { type: "set", path: "steps", text: "2.5" }).errors.steps, "not whole");
  assert.equal(after(RACED, { type: "set", path: "rates.sgd", text: "" }).errors["rates.sgd"], "no number");
  const good = after(far, { type: "set", path: "x", text: "−2,5" });
  assert.deepEqual([good.errors, good.settings?.start], [{}, [-2.5, 0]]);
});

test("one rate for all is everybody's, and one's own stays one's own", () => {
  assert.deepEqual(after(RACED, { type: "set", path: "rates", text: "0.5" }).settings?.rates, { sgd: 0.5, adam: 0.5 });
  assert.deepEqual(after(RACED, { type: "set", path: "rates.adam", text: "1" }).settings?.rates, { sgd: 0.25, adam: 1 });
});

test("who is switched off is asked for no more, and without anybody nothing is", () => {
  const one = after(RACED, { type: "run", optimizer: "adam", on: false });
  assert.match(one.query ?? "", /optimizers=sgd&rates=0.25$/);
  assert.deepEqual(pathsOf(one).map(({ optimizer }) => optimizer), ["sgd"]);
  assert.equal(after(one, { type: "run", optimizer: "sgd", on: false }).query, null);
  assert.deepEqual(after(one, { type: "run", optimizer: "adam", on: true }).settings?.on, ["sgd", "adam"]);
});

test("what is said of a runner is true at the step that is shown and not before", () => {
  const at = [0, 1, 2].map((step) => after(RACED, { type: "seek", step }));
  assert.deepEqual(at.map((state) => kindOf(state, 0)), ["start", "way", "arrived"]);
  assert.deepEqual(at.map((state) => kindOf(state, 1)), ["start", "way", "diverged"]);
  assert.equal(announcement(at[2]), "Step 2 of 2. In a valley: SGD. Diverged: Adam.");
  assert.equal(announcement(at[0]), "Start at 3, 0.");
});

test("the table shows the server's numbers of the step", () => {
  const shown = text(runnersView(after(RACED, { type: "seek", step: 1 })));
  for (const figure of ["1.5, 0", "2.25", "3, 0"]) assert.ok(shown.includes(`"${figure}"`), figure);
});

test("playing from the end begins at the start", () => {
  const end = after(RACED, { type: "seek", step: 99 });
  assert.equal(end.step, 2);
  assert.deepEqual([after(end, { type: "play", on: true }).step, after(end, { type: "play", on: true }).playing], [0, true]);
});

test("the ahead of a path is drawn only where it is wanted, or under a drag", () => {
  const hidden = after(RACED, { type: "whole", on: false });
  assert.ok(text(pathsView(RACED, 400)).includes("path--ahead"));
  assert.ok(!text(pathsView(hidden, 400)).includes("path--ahead"));
  assert.ok(text(pathsView(after(hidden, { type: "drag", on: true }), 400)).includes("path--ahead"));
});

test("a place is where the board's margins put it, and one who has left the picture has no mark", () => {
  const [svg] = pathsView(RACED, 438);
  const start = svg.children.find((child) => typeof child !== "string" && child.attrs.id === "start-mark");
  assert.equal(typeof start !== "string" && start?.attrs.transform, "translate(380.0 211.0) scale(1.00)");
  const balls = (/** @type {DescentState} */ state) => text(pathsView(state, 438)).match(/data-ball/g)?.length ?? 0;
  assert.deepEqual([balls(RACED), balls(after(RACED, { type: "seek", step: 2 }))], [2, 1]);
});

test("the 3-D trail goes to the step that is shown", () => {
  const figure = terrainFigure(after(RACED, { type: "seek", step: 1 }), relief(/** @type {any} */ (BOWL)), { width: 600, height: 400 });
  const [surface, trail, mark] = /** @type {any[]} */ (figure.data);
  assert.deepEqual([surface.type, trail.x, mark.x], ["surface", [3, 1.5], [1.5]]);
});

test("heights are told apart by powers of ten", () => {
  const { low, high, y, bottom, top } = heightScales(RACED, /** @type {any} */ (BOWL), 400, 200);
  assert.deepEqual([low, high], [-2, 1]);
  assert.deepEqual([y(0.01), y(10)], [bottom, top]);
  assert.deepEqual([-4, 0, 1, 12].map(powerText), ["10⁻⁴", "1", "10", "10¹²"]);
});

test("a slider's place is a rate of two digits", () => {
  assert.equal(placeOfRate(0.1), -1);
  assert.deepEqual([-4, -1, 0, 0.5].map(rateAtPlace), [0.0001, 0.1, 1, 3.2]);
  assert.equal(placeOfRate(1e-6), -4);
  const places = Array.from({ length: 101 }, (_, row) => -4 + row / 20);
  assert.equal(new Set(places.map(rateAtPlace)).size, places.length);
});

test("words are filled, and places read as numbers", () => {
  assert.equal(say(WORDS, "arrived_at", { x: "1", y: "2", step: 3 }), "at (1, 2) since step 3");
  assert.deepEqual([-1.5, 0, 1.41421, -0.0001, 583858.5].map(placeText), ["−1.5", "0", "1.414", "0", "5.84e+5"]);
});

test("a query names who runs in the vocabulary's order with their own rates", () => {
  const settings = { surface: "bowl", start: /** @type {const} */ ([0.1 + 0.2, 1]), steps: 5, momentum: 0.5, rates: { sgd: 1, adam: 2 }, on: ["adam"] };
  assert.equal(queryOf(settings), "surface=bowl&x=0.3&y=1&steps=5&momentum=0.5&optimizers=adam&rates=2");
});
