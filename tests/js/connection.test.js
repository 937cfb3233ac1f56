/** The line to the server: tried again later and later, at once after a sleep, and given up when nothing comes on it. */
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { connect, lostText } from "../../static/js/connection.js";

const hidden = /** @type {any} */ (globalThis);

class FakeSocket extends EventTarget {
  /** @type {FakeSocket[]} */ static all = [];
  static CONNECTING = 0;
  static OPEN = 1;
  readyState = 0;
  /** @type {string[]} */ sent = [];
  constructor() {
    super();
    FakeSocket.all.push(this);
  }
  /** @param {string} text */
  send(text) {
    this.sent.push(text);
  }
  close() {
    this.readyState = 2;
  }
  opens() {
    this.readyState = 1;
    this.dispatchEvent(new Event("open"));
    this.hears({ type: "pong" });
  }
  /** @param {unknown} message */
  hears(message) {
    this.dispatchEvent(Object.assign(new Event("message"), { data: JSON.stringify(message) }));
  }
  /** @param {number} code */
  ends(code, reason = "") {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event("close"), { code, reason }));
  }
}

/** A page with a line, on a clock that the test moves. @param {() => void} use */
function onPage(use) {
  mock.timers.enable({ apis: ["Date", "setInterval"], now: 1_000_000 });
  mock.method(Math, "random", () => 1);
  FakeSocket.all = [];
  const window = new EventTarget();
  const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  Object.assign(window, { setInterval: hidden.setInterval });
  Object.assign(hidden, { WebSocket: FakeSocket, window, document });
  Object.defineProperty(hidden, "navigator", { value: { onLine: true }, configurable: true });
  try {
    use();
  } finally {
    mock.timers.reset();
    mock.restoreAll();
  }
}

/** Time goes by in ticks of the line's clock. @param {number} milliseconds */
function passes(milliseconds) {
  for (let gone = 0; gone < milliseconds; gone += 250) mock.timers.tick(250);
}

/** What a page hears of its line. */
function listening() {
  /** @type {string[]} */ const lost = [];
  /** @type {(number | null)[]} */ const waiting = [];
  const connection = connect("ws://here/ws", {
    stored: () => null,
    message: () => {},
    frame: () => {},
    lost: (text) => lost.push(text),
    waiting: (seconds) => waiting.push(seconds),
  });
  return { lost, waiting, connection };
}

test("a lost line is tried again after a growing while that is counted down", () => {
  onPage(() => {
    const { lost, waiting } = listening();
    FakeSocket.all[0].opens();
    FakeSocket.all[0].ends(1006);
    assert.equal(lost.length, 1);
    passes(500);
    assert.equal(FakeSocket.all.length, 2);
    for (let failure = 1; failure < 4; failure++) {
      FakeSocket.all.at(-1)?.ends(1006);
      passes(300 * 2 ** failure + 250);
      assert.equal(FakeSocket.all.length, failure + 2);
    }
    FakeSocket.all.at(-1)?.ends(1006);
    waiting.length = 0;
    passes(4750);
    assert.deepEqual([...new Set(waiting)], [5, 4, 3, 2, 1]);
    passes(250);
    assert.equal(waiting.at(-1), null);
  });
});

test("after a sleep, and when the network is back, it is tried at once", () => {
  onPage(() => {
    listening();
    for (let failure = 0; failure < 8; failure++) FakeSocket.all.at(-1)?.ends(1006), passes(10_500);
    FakeSocket.all.at(-1)?.ends(1006);
    const tried = FakeSocket.all.length;
    hidden.window.dispatchEvent(new Event("online"));
    assert.equal(FakeSocket.all.length, tried + 1);
    FakeSocket.all.at(-1)?.ends(1006);
    hidden.document.dispatchEvent(new Event("visibilitychange"));
    assert.equal(FakeSocket.all.length, tried + 2);
  });
});

test("a line that looks open after a sleep is asked for a sign of life and given up without one", () => {
  onPage(() => {
    const { lost } = listening();
    const [first] = FakeSocket.all;
    first.opens();
    mock.timers.setTime(Date.now() + 3_600_000);
    passes(250);
    assert.equal(first.sent.at(-1), '{"type":"ping"}');
    first.hears({ type: "pong" });
    passes(10_000);
    assert.equal(FakeSocket.all.length, 1);
    hidden.window.dispatchEvent(new Event("offline"));
    passes(4250);
    assert.equal(FakeSocket.all.length, 2);
    assert.equal(lost.length, 1);
    first.ends(1006); // what becomes of the old one is nobody's business
    assert.equal(lost.length, 1);
  });
});

test("the words say what is going on", () => {
  assert.match(lostText(1006, "", 0, true), /was lost/);
  assert.match(lostText(1006, "", 3, true), /cannot be reached/);
  assert.match(lostText(1001, "", 0, true), /being started again/);
  assert.match(lostText(1013, "the server is full", 0, true), /later: the server is full\./);
  assert.match(lostText(1006, "", 0, false), /no network/);
});
