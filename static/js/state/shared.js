/**
 * What the server tells again without a change keeps its identity, so that nothing is drawn anew for it: while a point is dragged
 * on a paused board every frame brings the same picture, and every list of points the same rows but one.
 */

/**
 * `now`, with every part of it that equals its part of `before` taken from there; all of `before` where all is equal.
 * @template T
 * @param {unknown} before @param {T} now plain values: lists, records, typed arrays
 * @returns {T}
 */
export function shared(before, now) {
  if (Object.is(before, now)) return now;
  if (typeof before !== "object" || typeof now !== "object" || !before || !now) return now;
  const [then, next] = /** @type {any[]} */ ([before, now]);
  if (ArrayBuffer.isView(now)) return sameNumbers(then, next) ? then : now;
  if (Array.isArray(then) !== Array.isArray(now)) return now;
  return Array.isArray(now) ? sharedList(then, next) : sharedRecord(then, next);
}

/** @param {any[]} before @param {any[]} now @returns {any} */
function sharedList(before, now) {
  const mixed = now.map((value, row) => shared(before[row], value));
  return mixed.length === before.length && mixed.every((value, row) => Object.is(value, before[row])) ? before : mixed;
}

/** @param {Record<string, unknown>} before @param {Record<string, unknown>} now @returns {any} */
function sharedRecord(before, now) {
  const names = Object.keys(now);
  const mixed = Object.fromEntries(names.map((name) => [name, shared(before[name], now[name])]));
  const same = names.length === Object.keys(before).length && names.every((name) => name in before && Object.is(mixed[name], before[name]));
  return same ? before : mixed;
}

/** To the bit, four bytes at a time where they lie so. @param {ArrayBufferView} before @param {ArrayBufferView} now */
function sameNumbers(before, now) {
  if (before.constructor !== now.constructor || before.byteLength !== now.byteLength) return false;
  const whole = [before, now].every(({ byteOffset, byteLength }) => byteOffset % 4 === 0 && byteLength % 4 === 0);
  const Words = whole ? Uint32Array : Uint8Array;
  const [one, other] = [before, now].map(
    ({ buffer, byteOffset, byteLength }) => new Words(/** @type {ArrayBuffer} */ (buffer), byteOffset, byteLength / Words.BYTES_PER_ELEMENT),
  );
  for (let at = 0; at < one.length; at += 1) if (one[at] !== other[at]) return false;
  return true;
}
