/**
 * JSON from our own server, asked for when it is first needed.
 * @import { State } from "../types"
 * @import { Store } from "../store.js"
 */

/** The header by which the server knows which session asks: a key in an address would be logged. @param {State} state */
export function keyed({ session }) {
  return { Authorization: `Bearer ${session}` };
}

/**
 * What is at `url`; null, and a notice in words, where the server cannot be reached.
 * @param {Store} store
 * @param {string} url
 * @param {string} what the thing's name at the start of a sentence
 * @param {RequestInit} [request]
 * @returns {Promise<any>}
 */
export async function fetched(store, url, what, request = {}) {
  try {
    const answer = await fetch(url, request);
    if (answer.ok) return await answer.json();
  } catch {
    // A page that cannot reach its server says so below, as it does for an answer that is none.
  }
  const text = `${what} could not be fetched from the server. Try again in a moment.`;
  store.dispatch({ type: "notice", notice: { kind: "warning", about: "connection", text } });
  return null;
}
