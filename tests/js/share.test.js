import assert from "node:assert/strict";
import { test } from "node:test";

import { contentsOf, placeOf } from "../../static/js/state/share.js";
import { reduce } from "../../static/js/state.js";
import { shareNeeds, shareView } from "../../static/js/views/share.js";
import { joined } from "./helpers.js";

/** @typedef {import("../../static/js/types").State} State */
/** @typedef {import("../../static/js/types").Node} Node */

/** @type {import("../../static/js/types").BuiltLink} */
const BUILT = { address: "http://a.school/#e=1.abc", points: 0, weights: 0, local: false, refused: null };

/** @param {Partial<State["share"]>} change */
const shown = (change) => reduce(joined(), { type: "share", change: { open: true, ...change } });

/** All of a view's nodes. @param {readonly import("../../static/js/types").Child[]} children @returns {Node[]} */
const nodes = (children) => children.flatMap((child) => (typeof child === "string" ? [] : [child, ...nodes(child.children)]));
/** @param {State} state */
const words = (state) => texts(shareView(state)).join(" ");
/** @param {readonly import("../../static/js/types").Child[]} children @returns {string[]} */
const texts = (children) => children.flatMap((child) => (typeof child === "string" ? [child] : texts(child.children)));

test("closed, the dialog is empty and asks for nothing", () => {
  assert.deepEqual(shareView(joined()), []);
  assert.deepEqual(shareNeeds(joined()), [null]);
});

test("the link stands in a field, with what is in it and how long it is", () => {
  const state = shown({ built: { ...BUILT, points: 1, weights: 45 } });
  const field = nodes(shareView(state)).find(({ attrs }) => attrs.id === "share-address");
  assert.equal(field?.attrs.value, "http://a.school/#e=1.abc");
  assert.equal(contentsOf(state), "data set, inputs, network, training and seeds, 1 point as they lie now, 45 weights");
  assert.match(words(state), /45 weights\. 24 characters\./);
});

test("who can open it, and that a table goes with it, is said", () => {
  assert.match(words(shown({ built: { ...BUILT, local: true } })), /opens only here/);
  const state = shown({ built: { ...BUILT, address: null } });
  const server = /** @type {any} */ ({ ...state.server, spec: { ...state.server?.spec, data: { source: "table", table: { name: "t-0123456789abcdef" } } } });
  assert.match(words({ ...state, server }), /Your table goes with it: whoever has the link can read all of it\./);
  assert.doesNotMatch(words({ ...state, server }), /short link/);
  assert.match(words(shown({ built: { ...BUILT, address: null, refused: "the server could not be reached" } })), /There is no link: the server could not be reached\./);
});

test("a QR code is drawn row by row, black on white", () => {
  const state = shown({ built: BUILT, rows: ["000", "011", "101"] });
  const picture = nodes(shareView(state)).find(({ tag }) => tag === "svg");
  const [ground, dark] = picture?.children ?? [];
  assert.equal(picture?.attrs.viewBox, "0 0 3 3");
  assert.deepEqual(/** @type {Node} */ (ground).attrs, { width: 3, height: 3, fill: "#fff" });
  assert.equal(/** @type {Node} */ (dark).attrs.d, "M1 1h2v1h-2zM0 2h1v1h-1zM2 2h1v1h-1z");
  assert.match(words(shown({ built: BUILT })), /Too long for a QR code/);
});

test("of a pasted link only the part behind the # counts, unless it is this page's own", () => {
  assert.equal(placeOf(" https://playground.tensorflow.org/#activation=relu&noise=0 ", "http://a.school"), "#activation=relu&noise=0");
  assert.equal(placeOf("http://a.school/?hide=bar#e=1.abc", "http://a.school"), "http://a.school/?hide=bar#e=1.abc");
  assert.equal(placeOf("http://a.school.evil/?x#e=1.abc", "http://a.school"), "#e=1.abc");
  assert.equal(placeOf("#s=abcdefgh-_012345", "http://a.school"), "#s=abcdefgh-_012345");
  for (const text of ["", "hello", "https://playground.tensorflow.org/", "javascript:alert(1)", "http://a.school/#board"]) assert.equal(placeOf(text, "http://a.school"), null, text);
});

test("what is wrong with a pasted link stands at its field", () => {
  const state = shown({ pasted: "hello", error: "This is no link." });
  assert.equal(nodes(shareView(state)).find(({ attrs }) => attrs.id === "share-pasted")?.attrs["aria-invalid"], "true");
  assert.match(words(state), /This is no link\./);
});
