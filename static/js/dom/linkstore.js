/**
 * What the server is asked about links over HTTP.
 * @import { Begun } from "../types"
 */

const LOST = "the server could not be reached";

/** @typedef {{done: any, refused: null} | {done: null, refused: string}} Answer what came back, or why nothing did, in words */

/** @param {string} url @param {object} body @param {Record<string, string>} [headers] @returns {Promise<Answer>} */
async function post(url, body, headers = {}) {
  try {
    const options = { method: "POST", headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify(body) };
    const answer = await fetch(url, options);
    const told = await answer.json();
    return answer.ok ? { done: told, refused: null } : { done: null, refused: told.message };
  } catch {
    return { done: null, refused: LOST };
  }
}

/** A session that begins as an address says. @param {string} address @returns {Promise<{done: Begun, refused: null} | {done: null, refused: string}>} */
export function begin(address) {
  return post("/api/sessions", { address });
}

/**
 * The id under which the server keeps a link's text.
 * @param {string} text @param {boolean} keep for good @param {string} session whose table goes with it, if it is about one
 */
export async function keepLink(text, keep, session) {
  const { done, refused } = await post("/api/links", { text, keep }, { Authorization: `Bearer ${session}` });
  return { id: /** @type {string | null} */ (done?.id ?? null), refused };
}

/** The QR code of an address, as rows of 0 and 1; null where there is none. @param {string} address @returns {Promise<readonly string[] | null>} */
export async function codeOf(address) {
  return (await post("/api/qr", { address })).done?.rows ?? null;
}
