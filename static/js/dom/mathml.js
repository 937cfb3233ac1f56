/** MathML of our own server, put into the page. */

/** Parsed as XML: nothing in it can be a script. @param {Element} place @param {string} source */
export function putMath(place, source) {
  const math = new DOMParser().parseFromString(source, "application/xml").documentElement;
  place.replaceChildren(document.importNode(math, true));
}
