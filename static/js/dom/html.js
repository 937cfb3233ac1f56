/** HTML of our own server, put into the page: texts of lessons, with formulas in them. */

/** Parsed by itself, so that no script in it would run even if there were one. @param {Element} place @param {string} source */
export function putHtml(place, source) {
  const { body } = new DOMParser().parseFromString(source, "text/html");
  place.replaceChildren(...[...body.childNodes].map((node) => document.importNode(node, true)));
}
