import assert from "node:assert/strict";
import { test } from "node:test";

import { INITIAL } from "../../static/js/state.js";
import { announcementOf } from "../../static/js/views/announce.js";
import { comingView } from "../../static/js/views/coming.js";
import { connectionView, transportView } from "../../static/js/views/transport.js";
import { after, joined, told } from "./helpers.js";

/** @import { Child, State } from "../../static/js/types" */

/** @param {Child} node @returns {string} */
const text = (node) => (typeof node === "string" ? node : node.children.map(text).join(""));
const words = (/** @type {State} */ state) => comingView(state).map(text).join("");
const late = { type: "coming-late", late: true };
const welcome = (/** @type {boolean} */ resumed) => told({ type: "welcome", protocol: 1, session: "s", resumed, spec_refused: null });
const lost = { type: "connection", connection: "lost", text: "Lost." };

test("a page that opens as it should says nothing of it", () => {
  assert.equal(words(INITIAL), "");
  assert.equal(words(after(INITIAL, welcome(false))), "");
  assert.equal(words(after(joined(), late)), "");
});

test("a wait that lasts is put into words: for the server, for a new session, for one of before", () => {
  assert.equal(words(after(INITIAL, late)), "Connecting to the server …");
  assert.equal(words(after(INITIAL, late, welcome(false))), "The session is being started …");
  assert.equal(words(after(INITIAL, late, welcome(true))), "The session is being brought back …");
});

test("a lost line has its own words, and what is kept from before counts only when the session tells how it stands", () => {
  const before = joined();
  assert.ok(before.server);
  assert.equal(words(after(before, lost, late)), "");
  const waiting = after(before, lost, welcome(true), late);
  assert.equal(words(waiting), "The session is being brought back …");
  assert.equal(announcementOf(waiting), "The session is being brought back.");
  assert.equal(connectionView(waiting).map(text).join(""), "Waiting");
  assert.match(JSON.stringify(transportView(waiting)[0]), /"disabled":true/);
  const back = after(waiting, told({ ...before.server, type: "state" }));
  assert.equal(words(back), "");
  assert.equal(connectionView(back).map(text).join(""), "Connected");
  assert.match(JSON.stringify(transportView(back)[0]), /"disabled":false/);
});
