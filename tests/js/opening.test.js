import assert from "node:assert/strict";
import { test } from "node:test";

import { becomeThatOf, opening, ownSession, remember, tellOpening } from "../../static/js/dom/opening.js";

/** @type {any} */
const world = globalThis;
/** @type {any} */
const KEPT = { session: "kept", spec: { data: {} }, points: null };
const BEGUN = { session: "begun", notes: ["One thing is not."], hide: [], tests: null, discretise: null };

/**
 * A tab at an address, and a server that answers so.
 * @param {string} href @param {{session: string} | null} [state] of the history's entry @param {[number, object]} [answer]
 */
function tab(href, state = null, [status, told] = [201, BEGUN]) {
  /** @type {{asked: any[], put: [any, string][]}} */
  const seen = { asked: [], put: [] };
  world.location = new URL(href);
  world.history = {
    state,
    replaceState(/** @type {any} */ now, /** @type {string} */ _, /** @type {string} */ address) {
      seen.put.push([now, address]);
      world.history.state = now;
    },
  };
  world.fetch = async (/** @type {string} */ url, /** @type {any} */ { body }) => {
    seen.asked.push([url, JSON.parse(body)]);
    return { ok: status < 400, json: async () => told };
  };
  return seen;
}

test("a tab without anything behind the hash goes on with what it had, or begins anew", async () => {
  for (const hash of ["", "#", "#board-hands"]) {
    const seen = tab(`http://a.school/${hash}`);
    assert.equal((await opening(KEPT)).stored, KEPT);
    assert.equal((await opening(null)).stored, null);
    assert.deepEqual(seen, { asked: [], put: [] });
  }
});

test("an address in a new tab, or pasted into this one, begins a session of its own, which its entry remembers", async () => {
  for (const stored of [null, KEPT]) {
    const seen = tab("http://a.school/#e=1.abc");
    const opened = await opening(stored);
    assert.deepEqual(opened, { stored: { session: "begun", spec: null, points: null }, begun: BEGUN, refused: null, remembered: false });
    assert.deepEqual(seen, { asked: [["/api/sessions", { address: "#e=1.abc" }]], put: [[{ session: "begun" }, "http://a.school/#e=1.abc"]] });
    assert.equal(ownSession(), "begun");
  }
});

test("after a reload the tab's own session goes on, whatever its address says", async () => {
  const seen = tab("http://a.school/#e=1.abc", { session: "kept" });
  assert.deepEqual(await opening(KEPT), { stored: KEPT, begun: null, refused: null, remembered: false });
  assert.deepEqual(seen, { asked: [], put: [] });
});

test("on the way back the session of that entry is opened, though the tab has had another since", async () => {
  tab("http://a.school/#e=1.abc", { session: "before" });
  const opened = await opening(KEPT);
  assert.deepEqual(opened.stored, { session: "before", spec: null, points: null });
  assert.ok(opened.remembered);
});

test("a refused address leaves the tab what it had, and says why", async () => {
  const seen = tab("http://a.school/#e=1.abc", null, [422, { code: "bad_link", message: "the link is damaged" }]);
  const opened = await opening(KEPT);
  assert.deepEqual(opened, { stored: KEPT, begun: null, refused: "the link is damaged", remembered: false });
  assert.deepEqual(seen.put, []);
});

test("what the address hides joins what is hidden already", async () => {
  const seen = tab("http://a.school/?lock=data&hide=bar,play#dataset=xor", null, [201, { ...BEGUN, hide: ["play", "data.noise"] }]);
  await opening(null);
  assert.equal(seen.put[0][1], "http://a.school/?lock=data&hide=bar,play,data.noise#dataset=xor");
});

test("a frame that may not change its address goes on without", () => {
  tab("http://a.school/");
  world.history.replaceState = () => {
    throw new DOMException("no", "SecurityError");
  };
  remember("begun", "http://a.school/#e=1.abc");
});

test("notes, refusals and how the points are to be shown reach the page", () => {
  /** @type {any[]} */
  const heard = [];
  /** @type {any} */
  const store = { dispatch: (/** @type {any} */ action) => heard.push(action) };
  const nothing = { stored: null, begun: null, refused: null, remembered: false };
  tellOpening(store, nothing);
  assert.deepEqual(heard, []);
  tellOpening(store, { ...nothing, begun: { ...BEGUN, tests: true, discretise: false } });
  tellOpening(store, { ...nothing, refused: "the link is damaged" });
  assert.deepEqual(heard, [
    { type: "tools", change: { tests: true, discretise: false } },
    { type: "notice", notice: { kind: "info", about: "link", text: "One thing is not." } },
    { type: "notice", notice: { kind: "error", about: "link", text: "The link could not be opened: the link is damaged." } },
  ]);
});

test("a tab that leaves for another session is not taken back by what was still under way", () => {
  const seen = tab("http://a.school/?hide=help#1.abc", { session: "mine" });
  world.history.pushState = (/** @type {any} */ now, /** @type {string} */ _, /** @type {string} */ to) => {
    world.history.state = now;
    world.location.href = new URL(to, world.location.href).href;
  };
  world.location.reload = () => seen.asked.push(["reload", {}]);
  becomeThatOf("earlier");
  remember("mine", "http://a.school/#1.def");
  assert.equal(ownSession(), "earlier");
  assert.deepEqual(seen.put, [[{ session: "earlier" }, "http://a.school/?hide=help"]]);
  assert.deepEqual(seen.asked, [["reload", {}]]);
});
