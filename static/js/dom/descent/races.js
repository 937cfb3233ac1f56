/**
 * Asks the server for races: one at a time, and of those asked for meanwhile the newest, so that a drag never queues.
 * @import { DescentAction, DescentState, Race } from "../../descenttypes"
 */
import { say } from "../../views/descent/words.js";

const ADDRESS = "/api/descent";
/** Between two requests. The server's limit for an address, behind which a class may be, is far above. Milliseconds. */
const PAUSE = 60;
const AGAIN = 2000;

/** @typedef {{get: () => DescentState, dispatch: (action: DescentAction) => void, subscribe: (listener: () => void) => unknown}} Store */

/** The surfaces, with heights to draw them. @returns {Promise<import("../../descenttypes").Grounds>} */
export async function fetchGrounds() {
  return (await fetch(`${ADDRESS}/surfaces`)).json();
}

/** @param {Store} store */
export function keepRacing(store) {
  /** @type {string | null} */ let answered = null;
  let busy = false;

  /** @param {number} pause */
  function later(pause) {
    window.setTimeout(() => {
      busy = false;
      void next();
    }, pause);
  }

  async function next() {
    const { query, settling } = store.get();
    if (busy || query === null || (query === answered && !settling)) return;
    busy = true;
    try {
      const answer = await fetch(`${ADDRESS}?${query}`);
      later(hear(query, answer, await answer.json()));
    } catch {
      store.dispatch({ type: "notice", text: say(store.get().words, "no_server") });
      later(AGAIN);
    }
  }

  /** @param {string} query @param {Response} answer @param {any} body @returns {number} milliseconds until the next may be asked for */
  function hear(query, answer, body) {
    if (answer.status === 429) {
      store.dispatch({ type: "notice", text: say(store.get().words, "too_fast") });
      return 1000 * Number(answer.headers.get("retry-after") ?? 1);
    }
    answered = query;
    if (answer.ok) raced(query, body);
    else store.dispatch({ type: "refused", query, message: body.message });
    return PAUSE;
  }

  /** @param {string} query @param {Race} answer */
  function raced(query, answer) {
    const { notice } = store.get();
    store.dispatch({ type: "raced", query, answer });
    if (notice?.kind === "warning") store.dispatch({ type: "notice", text: null });
    const { query: settled, settling } = store.get();
    // What the address left out is filled in: the same race.
    if (!settling && settled && sameRace(settled, answer)) answered = settled;
  }

  store.subscribe(() => void next());
  return next();
}

/** Whether a full query asks for this very race. @param {string} query @param {Race} answer */
function sameRace(query, { race }) {
  const asked = new URLSearchParams(query);
  const own = race.runners.map(({ rate }) => rate).join(",");
  return (
    asked.get("surface") === race.surface &&
    Number(asked.get("x")) === race.start[0] &&
    Number(asked.get("y")) === race.start[1] &&
    Number(asked.get("steps")) === race.steps &&
    Number(asked.get("momentum")) === race.momentum &&
    asked.get("optimizers") === race.runners.map(({ optimizer }) => optimizer).join(",") &&
    asked.get("rates") === own
  );
}
