/**
 * The only module that names WebSocket: opens it, opens it again when it is lost, later and later, never in step with others.
 * @import { ServerMessage, Frame, SentCommand, Stored } from "./types"
 */
import { decodeFrame, parseMessage, PROTOCOL } from "./wire.js";

const FIRST_DELAY = 300;
const LONGEST_DELAY = 10_000;

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
 */

/** @param {string} url @param {Listener} listener */
export function connect(url, listener) {
  /** @type {WebSocket | null} */ let socket = null;
  let failures = 0;
  let timer = 0;

  const open = () => {
    clearTimeout(timer);
    if (socket && socket.readyState <= WebSocket.OPEN) return;
    socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    socket.addEventListener("open", () => socket?.send(JSON.stringify(greeting(listener.stored()))));
    socket.addEventListener("message", ({ data }) => {
      if (typeof data !== "string") return listener.frame(decodeFrame(data));
      failures = 0;
      listener.message(parseMessage(data));
    });
    socket.addEventListener("close", ({ code }) => {
      const final = FINAL[code];
      listener.lost(final ?? lostText(code, failures), Boolean(final));
      if (!final) timer = window.setTimeout(open, retryDelay(failures++, Math.random()));
    });
  };

  window.addEventListener("online", open);
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

/** @param {Stored | null} stored */
function greeting(stored) {
  const open = { type: "open", protocol: PROTOCOL };
  return stored ? { ...open, session: stored.session, spec: stored.spec } : open;
}

/** @param {number} code @param {number} failures */
function lostText(code, failures) {
  if (code === 1013) return "The server is full at the moment; this page keeps trying.";
  return failures < 1
    ? "The connection to the server was lost. Reconnecting …"
    : "The server cannot be reached. This page keeps trying; your settings are kept.";
}
