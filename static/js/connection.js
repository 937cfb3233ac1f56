/**
 * The only module that names WebSocket: opens it, opens it again when it is lost, later and later, never in step with others.
 * @import { ServerMessage, Frame, SentCommand, Stored } from "./types"
 */
import { decodeFrame, parseMessage, PROTOCOL } from "./wire.js";

const FIRST_DELAY = 300;
const LONGEST_DELAY = 10_000;
/** Milliseconds between two looks at the clock. A clock that jumps by more than ASLEEP tells of a sleep; after one, something
 * must come from the server within SIGN_OF_LIFE. */
const TICK = 250;
const ASLEEP = 5000;
const SIGN_OF_LIFE = 4000;
/** Milliseconds in which a new line must bring its first word. */
const WELCOME = 20_000;

/** Closes after which coming back at once would be no use, and what to tell. @type {Record<number, string>} */
const FINAL = {
  1008: "The server closed the connection because it did not understand this page. Reload the page.",
  4000: "The server closed the connection because nothing was asked for a long time. Your settings are kept.",
  4001: "The server closed the connection because it did not understand this page. Reload the page.",
};

/**
 * Milliseconds before the attempt after `failures`: doubling, capped, anywhere in the upper half.
 * @param {number} failures
 * @param {number} chance 0 to 1
 */
export function retryDelay(failures, chance) {
  const most = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** failures);
  return most * (0.5 + 0.5 * chance);
}

/**
 * @typedef {object} Listener
 * @property {() => Stored | null} stored what to come back to
 * @property {(message: ServerMessage) => void} message
 * @property {(frame: Frame) => void} frame
 * @property {(text: string, final: boolean) => void} lost
 * @property {(seconds: number | null) => void} waiting how long it is until the next try; null while it is tried
 */

/** @param {string} url @param {Listener} listener */
export function connect(url, listener) {
  /** @type {WebSocket | null} */ let socket = null;
  let failures = 0;
  /** When it is tried again, when a sign of life must have come, and the last tick of the clock: milliseconds. */
  let [due, deadline, ticked] = [Infinity, Infinity, Date.now()];

  const open = () => {
    if (socket && socket.readyState <= WebSocket.OPEN) return;
    due = Infinity;
    deadline = Date.now() + WELCOME;
    const mine = (socket = new WebSocket(url));
    listener.waiting(null);
    mine.binaryType = "arraybuffer";
    mine.addEventListener("open", () => mine.send(JSON.stringify(greeting(listener.stored()))));
    mine.addEventListener("message", ({ data }) => {
      if (mine !== socket) return;
      deadline = Infinity;
      if (typeof data !== "string") return listener.frame(decodeFrame(data));
      failures = 0;
      listener.message(parseMessage(data));
    });
    mine.addEventListener("close", ({ code, reason }) => mine === socket && lose(code, reason));
  };

  /** @param {number} code @param {string} reason */
  const lose = (code, reason) => {
    socket = null;
    deadline = Infinity;
    const final = FINAL[code];
    listener.lost(final ?? lostText(code, reason, failures, navigator.onLine), Boolean(final));
    if (final) return listener.waiting(null);
    due = Date.now() + retryDelay(failures++, Math.random());
    listener.waiting(secondsTo(due));
  };

  /** Something may have happened to the line that nobody has told: sleep, another network. */
  const doubt = () => {
    if (due < Infinity) return open();
    if (socket?.readyState !== WebSocket.OPEN) return;
    socket.send(JSON.stringify({ type: "ping" }));
    deadline = Date.now() + SIGN_OF_LIFE;
  };

  const tick = () => {
    const now = Date.now();
    const slept = now - ticked > ASLEEP;
    ticked = now;
    if (now >= due) return open();
    if (now >= deadline && !slept) return abandon();
    if (due < Infinity) listener.waiting(secondsTo(due));
    if (slept) {
      deadline = Infinity;
      doubt();
    }
  };

  /** A line on which nothing comes any more is as good as closed. */
  const abandon = () => {
    const dead = socket;
    lose(1006, "");
    dead?.close();
    open();
  };

  window.addEventListener("online", doubt);
  window.addEventListener("offline", doubt);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && doubt());
  window.setInterval(tick, TICK);
  open();
  return {
    /** Try at once. */
    retry: open,
    /** @param {SentCommand | {type: "ack", number: number}} message @returns {boolean} whether it could be sent */
    send(message) {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(message));
      return true;
    },
  };
}

/** @param {number} due milliseconds */
function secondsTo(due) {
  return Math.max(1, Math.ceil((due - Date.now()) / 1000));
}

/** @param {Stored | null} stored */
function greeting(stored) {
  const open = { type: "open", protocol: PROTOCOL };
  return stored ? { ...open, session: stored.session, spec: stored.spec ?? undefined } : open;
}

/**
 * What to tell of a line that has just ended.
 * @param {number} code @param {string} reason the server's, if it gave one @param {number} failures tries in a row before
 * @param {boolean} online whether this computer has a network at all
 */
export function lostText(code, reason, failures, online) {
  if (!online) return "This computer has no network at the moment. The page goes on where it was as soon as there is one.";
  if (code === 1013) return `The server asks to come back later${reason ? `: ${reason}` : ""}. This page keeps trying.`;
  if (code === 1001) return "The server was stopped or is being started again. This page goes on where it was as soon as it is back.";
  return failures < 1
    ? "The connection to the server was lost. Reconnecting …"
    : "The server cannot be reached. This page keeps trying and goes on where it was; your settings and points are kept here too.";
}
