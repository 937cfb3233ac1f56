/**
 * A race as an address: what the server is asked for, and how the page looks at it.
 * @import { DescentState, Settings } from "../../descenttypes"
 */

/** What the server is asked for; all else in the address is the page's. */
const ASKED = ["surface", "x", "y", "steps", "momentum", "optimizers", "rates"];

/** @param {number} value */
const short = (value) => String(Number(value.toPrecision(12)));

/** What the server is to be asked for, of an address. @param {string} search */
export function askedOf(search) {
  const given = new URLSearchParams(search);
  return ASKED.flatMap((name) => (given.has(name) ? [`${name}=${plain(given.get(name) ?? "")}`] : [])).join("&");
}

/** Percent-encoded, but for the comma, which an address may show. @param {string} text */
function plain(text) {
  return encodeURIComponent(text).replaceAll("%2C", ",");
}

/** @param {Settings} settings @returns {string | null} null where nobody runs */
export function queryOf({ surface, start, steps, momentum, rates, on }) {
  if (!on.length) return null;
  const own = on.map((name) => short(rates[name])).join(",");
  const [x, y] = start.map(short);
  return `surface=${surface}&x=${x}&y=${y}&steps=${steps}&momentum=${short(momentum)}&optimizers=${on.join(",")}&rates=${own}`;
}

/** How an address looks at its race. @param {string} search @returns {{step: number, whole: boolean}} */
export function lookedAt(search) {
  const given = new URLSearchParams(search);
  const step = Number(given.get("step") ?? 0);
  return { step: Number.isInteger(step) && step > 0 ? step : 0, whole: given.get("whole") !== "0" };
}

/** The address of what is shown now. @param {DescentState} state @returns {string | null} */
export function addressOf({ settings, step, whole }) {
  const query = settings && queryOf(settings);
  if (!query) return null;
  return `?${query}${step ? `&step=${step}` : ""}${whole ? "" : "&whole=0"}`;
}
