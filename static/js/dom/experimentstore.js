/**
 * What the server is asked about saved experiments, and the key under which this browser keeps its own.
 */
import { inStorage } from "../keep.js";

const KEY = "experiments-key";
/** Bytes of it: nobody guesses another's. */
const BYTES = 24;
const URL_ROOT = "/api/experiments";
const LOST = "The server could not be reached; nothing was changed. Try again in a moment.";

/** @typedef {{done: any, refused: null} | {done: null, refused: string}} Answer what came back, or why nothing did, in words */

/** The owner's key, made when it is first needed; null where the browser lets nothing be kept. @returns {string | null} */
export function ownerKey() {
  return inStorage(() => {
    const known = localStorage.getItem(KEY) ?? madeKey();
    localStorage.setItem(KEY, known);
    return known;
  });
}

function madeKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}

/**
 * @param {string} method @param {string} path below that of all experiments @param {object | null} [body]
 * @param {Record<string, string>} [headers] @returns {Promise<Answer>}
 */
export async function ask(method, path, body = null, headers = {}) {
  try {
    const answer = await fetch(URL_ROOT + path, {
      method,
      headers: { ...authorization(), ...(body ? { "Content-Type": "application/json" } : {}), ...headers },
      body: body && JSON.stringify(body),
    });
    const told = await answer.json();
    return answer.ok ? { done: told, refused: null } : { done: null, refused: sentence(told.message) };
  } catch {
    return { done: null, refused: LOST };
  }
}

/** The address in memory of an experiment's picture; null where it could not be fetched. @param {string} id */
export async function pictureOf(id) {
  try {
    const answer = await fetch(`${URL_ROOT}/${id}/picture`, { headers: authorization() });
    return answer.ok ? URL.createObjectURL(await answer.blob()) : null;
  } catch {
    return null;
  }
}

function authorization() {
  return { Authorization: `Bearer ${ownerKey()}` };
}

/** @param {string} text */
function sentence(text) {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
