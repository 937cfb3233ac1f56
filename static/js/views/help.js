/**
 * Help: the small button at a control's name, and the card that it opens. Formulas are left empty here: dom/help.js puts the
 * server's MathML into them.
 * @import { Child, HelpEntry, Node, Path, State } from "../types"
 */
import { chosenKeys, relatedKeys } from "../state/help.js";
import { h, icon } from "./tree.js";

/**
 * @param {string} key of the help
 * @param {string} title what it is about, in words
 * @param {Path | null} [path] the field, where what stands in it is to be explained too
 */
export function helpButton(key, title, path = null) {
  const attrs = { type: "button", "data-help": key, "data-help-path": path && JSON.stringify(path) };
  return h("button.help", { ...attrs, "data-reads": "true", "aria-label": "Help", "aria-haspopup": "dialog", title }, "?");
}

/** What the card says; nothing while it is closed. @param {State} state @returns {Child[]} */
export function helpCard(state) {
  const { entries, open } = state.help;
  if (!open) return [];
  const entry = entries?.[open.key];
  if (!entries || !entry) return [head("Help"), h("p.help-card__text", {}, "The help is on its way …")];
  const chosen = chosenKeys(state).map((key) => chosenView(key, entries[key]));
  return [head(entry.title), h("div.help-card__body", {}, entryView(open.key, entry), chosen, moreView(state))];
}

/** @param {string} title */
function head(title) {
  const attrs = { type: "button", "data-action": "close-help", "aria-label": "Close", title: "Close (Esc)" };
  const close = h("button.button.button--icon", attrs, icon("close"));
  return h("div.help-card__head", {}, h("h2.help-card__title", { id: "help-title" }, title), close);
}

/** @param {string} key @param {HelpEntry} entry @returns {Node[]} */
function entryView(key, { text, try: todo }) {
  return [
    h("p.help-card__text", {}, text),
    h("div.help-card__formula", { "data-formula": key }),
    h("p.help-card__try", {}, h("strong", {}, "Try "), todo),
  ];
}

/** @param {string} key @param {HelpEntry} entry */
function chosenView(key, entry) {
  return h("section.help-card__chosen", { key }, h("h3.help-card__name", {}, h("span", {}, "Now "), entry.title), entryView(key, entry));
}

/** @param {State} state */
function moreView(state) {
  const links = relatedKeys(state).map((key) =>
    h("button.help-card__link", { type: "button", key, "data-help": key }, state.help.entries?.[key].title ?? ""),
  );
  return links.length ? h("p.help-card__more", {}, h("span", {}, "More: "), links) : null;
}
