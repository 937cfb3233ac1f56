/** What the page says of keeping its session, and which earlier ones it offers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { agoText, notedIn } from "../../static/js/dom/keeping.js";
import { dateText, leftOffView, retryView, sessionView } from "../../static/js/views/keeping.js";
import { noticeView } from "../../static/js/views/transport.js";
import { after, joined, SERVER, told } from "./helpers.js";

const WELCOME = { type: "welcome", protocol: 1, session: "abc", resumed: true, spec_refused: null, kept_until: 1_797_811_200 };
const LOST = /** @type {const} */ ({ type: "connection", connection: "lost", text: "Lost." });
const OWN = { session: "one", title: "Spiral, 4-2, tanh", step: 1200, when: "5 minutes ago" };
const OFFER = /** @type {const} */ ({ type: "keeping", change: { own: [OWN, { ...OWN, session: "two" }], offer: true } });

/** All the words of a view. @param {any} child @returns {string} */
function words(child) {
  if (child === null || child === undefined || child === false) return "";
  if (Array.isArray(child)) return child.map(words).join(" ");
  return typeof child === "object" ? words(child.children) : String(child);
}

test("coming back after the line was lost tells from which step it goes on, a reload does not", () => {
  const back = after(joined(), LOST, told(WELCOME), told({ ...SERVER, step: 1234 }));
  assert.deepEqual(back.notice, { kind: "info", about: "back", text: "Back: the session goes on from step 1234." });
  assert.equal(after(joined(), told(WELCOME), told({ ...SERVER, step: 1234 })).notice, null);
  const anew = after(joined(), LOST, told({ ...WELCOME, session: "def", resumed: false, not_resumed: "it is too old" }), told(SERVER));
  assert.match(anew.notice?.text ?? "", /could not be taken up again: it is too old\. It began anew with your settings/);
});

test("that nothing is kept stays on the page, whatever else is said and dismissed, until it is", () => {
  const failing = after(joined(), told({ type: "saving", ok: false, message: "What you do now is not saved." }));
  assert.match(words(noticeView(failing)), /not saved/);
  const dismissed = after(failing, { type: "notice", notice: null });
  assert.match(words(noticeView(dismissed)), /not saved/);
  assert.equal(words(noticeView(after(failing, told({ type: "saving", ok: true, message: "" })))), "");
  assert.equal(words(noticeView(after(failing, LOST, told(WELCOME)))), "");
});

test("the next try is counted down beside what happened, and not read out", () => {
  const waiting = after(joined(), LOST, { type: "keeping", change: { retry: 3 } });
  assert.match(words(noticeView(waiting)), /Lost\. next try in 3 s/);
  assert.equal(/** @type {any} */ (retryView(waiting)).attrs["aria-hidden"], "true");
  assert.match(words(retryView(after(waiting, { type: "keeping", change: { retry: null } }))), /trying now/);
});

test("the dialog tells until when the session is kept and lists the earlier ones", () => {
  const open = after(joined(), told(WELCOME), OFFER, { type: "keeping", change: { open: true } });
  const text = words(sessionView(open));
  assert.match(text, /until \d+ December 2026/);
  assert.match(text, /Spiral, 4-2, tanh step 1.200, 5 minutes ago/);
  assert.match(words(sessionView(after(open, told({ ...WELCOME, kept_until: null })))), /only while it runs/);
  assert.equal(dateText(1_797_811_200, "UTC"), "21 December 2026");
});

test("earlier sessions are offered in a new tab until something is done there", () => {
  const fresh = after(joined(), told({ ...SERVER, step: 0, edited: false }), OFFER);
  assert.match(words(leftOffView(fresh)), /Go on where you left off/);
  assert.deepEqual(leftOffView(after(fresh, told({ ...SERVER, step: 1 }))), []);
  assert.deepEqual(leftOffView(after(fresh, { type: "keeping", change: { offer: false } })), []);
  assert.deepEqual(leftOffView(after(fresh, { type: "keeping", change: { own: [] } })), []);
});

test("times past are told in the largest whole unit", () => {
  assert.deepEqual([0, 59, 60, 3599, 7200, 90_000].map(agoText), [
    "just now",
    "just now",
    "1 minute ago",
    "59 minutes ago",
    "2 hours ago",
    "1 day ago",
  ]);
});

test("what another program has left in the browser's memory is no session", () => {
  const own = { session: "abc", title: "Spiral", step: 3, at: 1000, until: null };
  assert.deepEqual(notedIn(JSON.stringify([own, null, 7, { session: 7, at: 1 }, { session: "abc" }])), [own]);
  for (const text of ["", "no JSON", "{}", "null", '"abc"']) assert.deepEqual(notedIn(text), []);
});
