/**
 * Which numbers can be typed where: the server's bounds, said before it is asked.
 * @import { DescentState, Ground } from "../../descenttypes"
 */

/** @param {DescentState} state @param {string} path @returns {{low: number, high: number, whole: boolean}} */
export function boundsOf({ grounds, settings }, path) {
  const ground = /** @type {Ground | undefined} */ (grounds?.surfaces.find(({ name }) => name === settings?.surface));
  const axis = path === "x" ? 0 : 1;
  if (ground && (path === "x" || path === "y")) return { low: ground.domain[axis][0], high: ground.domain[axis][1], whole: false };
  if (path === "steps") return { low: 1, high: grounds?.steps ?? 1, whole: true };
  if (path === "momentum") return { low: 0, high: grounds?.momentum_most ?? 1, whole: false };
  return { low: grounds?.rate_least ?? 0, high: grounds?.rate_most ?? 1, whole: false };
}

/** Why a value cannot stand in a field, in words; null where it can. @param {DescentState} state @param {string} path @param {number} value */
export function problemWith(state, path, value) {
  const { low, high, whole } = boundsOf(state, path);
  const { words } = state;
  if (!Number.isFinite(value)) return String(words.no_number);
  if (whole && !Number.isInteger(value)) return String(words.not_whole);
  if (value >= low && value <= high) return null;
  return String(words.out_of).replace("{low}", plain(low)).replace("{high}", plain(high));
}

/** Without a power of ten. @param {number} value */
function plain(value) {
  return value !== 0 && Math.abs(value) < 1e-3 ? value.toFixed(8).replace(/0+$/, "") : String(value);
}
