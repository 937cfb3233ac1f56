/** MathML of our own server, put into the page. */

/** Parsed as XML: nothing in it can be a script. @param {Element} place @param {string} source */
export function putMath(place, source) {
  const math = new DOMParser().parseFromString(source, "application/xml").documentElement;
  place.replaceChildren(document.importNode(math, true));
}

/** Before these a long formula may go on below. */
const BREAKS = new Set(["=", "+"]);

/** A line that breaks where it is too long: first between its formulas, then before their signs. @param {Element} place @param {string} source */
export function putLongMath(place, source) {
  putMath(place, source);
  const row = place.querySelector(":scope > math > mrow");
  if (!row) return;
  place.replaceChildren(...formulasOf([...row.children]).map((formula) => {
    const whole = document.createElement("span");
    whole.className = "formula";
    whole.append(...piecesOf(formula).map(mathOf));
    return whole;
  }));
}

/** Cut at each comma with room after it; the room is the page's. @param {readonly Element[]} children @returns {Element[][]} */
function formulasOf(children) {
  /** @type {Element[][]} */
  const formulas = [[]];
  for (const [at, child] of children.entries()) {
    if (child.localName === "mspace" && at && signOf(children[at - 1]) === ",") formulas.push([]);
    else formulas.at(-1)?.push(child);
  }
  return formulas.filter(({ length }) => length);
}

/** Cut before each sign; what a formula is about stays beside its "=". @param {readonly Element[]} children @returns {Element[][]} */
function piecesOf(children) {
  /** @type {Element[][]} */
  const pieces = [[]];
  for (const child of children) {
    const piece = /** @type {Element[]} */ (pieces.at(-1));
    const sign = signOf(child);
    if (sign !== null && BREAKS.has(sign) && piece.length > 1) pieces.push([child]);
    else piece.push(child);
  }
  return pieces;
}

/** @param {Element} element */
function signOf(element) {
  return element.localName === "mo" ? (element.textContent ?? "").trim() : null;
}

/** @param {readonly Element[]} children */
function mathOf(children) {
  const math = document.createElementNS("http://www.w3.org/1998/Math/MathML", "math");
  math.append(...children);
  // At the beginning it would be taken for the sign of a number.
  if (BREAKS.has(signOf(children[0]) ?? "")) children[0].setAttribute("form", "infix");
  return math;
}
