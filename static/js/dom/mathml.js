/** MathML of our own server, put into the page. */

/** Parsed as XML: nothing in it can be a script. @param {Element} place @param {string} source */
export function putMath(place, source) {
  const math = new DOMParser().parseFromString(source, "application/xml").documentElement;
  place.replaceChildren(document.importNode(math, true));
}

/** Before these a long line may go on below. */
const BREAKS = new Set(["=", "+"]);

/** As a line that breaks where it is too long: a row of formulas, each of which begins with its sign. @param {Element} place @param {string} source */
export function putLongMath(place, source) {
  putMath(place, source);
  const row = place.querySelector(":scope > math > mrow");
  if (!row) return;
  const parts = piecesOf([...row.children]);
  place.replaceChildren(...parts.map(formula));
}

/** Cut before each sign, and after a comma. @param {Element[]} children @returns {Element[][]} */
function piecesOf(children) {
  /** @type {Element[][]} */
  const pieces = [[]];
  for (const [at, child] of children.entries()) {
    const [sign, before] = [signOf(child), at ? signOf(children[at - 1]) : null];
    const begins = (sign !== null && BREAKS.has(sign) && before !== "=") || before === ",";
    const piece = /** @type {Element[]} */ (pieces.at(-1));
    // What a line is about stays beside its "=".
    if (begins && piece.filter(({ localName }) => localName !== "mspace").length > (sign === "=" ? 1 : 0)) pieces.push([child]);
    else piece.push(child);
  }
  return pieces;
}

/** @param {Element} element */
function signOf(element) {
  return element.localName === "mo" ? (element.textContent ?? "").trim() : null;
}

/** @param {Element[]} children */
function formula(children) {
  const math = document.createElementNS("http://www.w3.org/1998/Math/MathML", "math");
  math.append(...children);
  // At its beginning a sign would be taken for that of a number.
  const first = signOf(children[0]);
  if (first !== null && BREAKS.has(first)) children[0].setAttribute("form", "infix");
  return math;
}
