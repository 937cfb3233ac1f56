/**
 * The dialog "Take it home": every file that the experiment can become, each with a sentence, what can be chosen of it, and its
 * button.
 * @import { Child, Node, Offer, OfferOption, State } from "../types"
 */
import { grouped } from "../state/takehome.js";
import { h, icon } from "./tree.js";

/** What the dialog is drawn again for. @param {State} state @returns {unknown[]} */
export function takeHomeNeeds({ takeHome, connection, frame }) {
  return takeHome.open ? [takeHome, connection, frame === null] : [null];
}

/** @param {State} state @returns {Child[]} */
export function takeHomeView(state) {
  const { open, offers, errors, said } = state.takeHome;
  if (!open) return [];
  const list = errors.list ? h("p.take__error", { role: "alert" }, errors.list) : null;
  const wait = offers || list ? null : h("p.take__wait", {}, "What else there is, is on its way …");
  return [...grouped(state).map(([group, found]) => groupView(state, group, found)), wait, list, h("p.take__said", { role: "status" }, said)].filter((child) => child !== null);
}

/** @param {State} state @param {string} group @param {readonly Offer[]} offers */
function groupView(state, group, offers) {
  const id = `take-group-${group.toLowerCase()}`;
  return h(
    "section.take__group",
    { key: group, "aria-labelledby": id },
    h("div.take__head", {}, h("h3.take__name", { id }, group), group === "Pictures" ? coloursView(state) : null),
    h("ul.take__list", {}, offers.map((offer) => offerView(state, offer))),
  );
}

/** In which colours the page's own pictures are. @param {State} state */
function coloursView({ takeHome: { colours } }) {
  const choice = (/** @type {State["takeHome"]["colours"]} */ value, /** @type {string} */ words) =>
    h("label", {}, h("input", { type: "radio", name: "take-colours", value, checked: colours === value, "data-take-colours": value }), h("span", {}, words));
  return h("fieldset.take__colours", {}, h("legend", {}, "Of the page"), choice("light", "light"), choice("shown", "as shown"));
}

/** @param {State} state @param {Offer} offer */
function offerView(state, { kind, title, text, options }) {
  const { busy, errors, options: chosen } = state.takeHome;
  const making = busy.includes(kind);
  const mine = kind === "png" || kind === "svg";
  const ready = mine ? state.frame !== null : state.connection === "open";
  const attrs = { type: "button", "data-action": "take", "data-take": kind, id: `take-${kind}`, disabled: making || !ready, "aria-describedby": `take-${kind}-text` };
  return h(
    "li.take__item",
    { key: kind },
    h("div.take__words", {}, h("strong.take__title", {}, title), h("span.take__text", { id: `take-${kind}-text` }, text)),
    options.length ? h("div.take__options", {}, options.map((option) => optionView(kind, title, option, chosen[kind]?.[option.name] ?? option.default))) : null,
    h("button.button.take__button", attrs, icon("download"), h("span", {}, making ? "Being made …" : "Download"), h("span.sr", {}, ` ${title}`)),
    making ? h("progress.take__progress", { "aria-label": `${title} is being made` }) : null,
    errors[kind] ? h("p.take__error", { role: "alert" }, errors[kind]) : null,
  );
}

/** @param {string} kind @param {string} of @param {OfferOption} option @param {string} value @returns {Node} */
function optionView(kind, of, { name, title, low, high, whole, choices }, value) {
  const attrs = { "data-take-kind": kind, "data-take-option": name, "aria-label": `${of}: ${title.toLowerCase()}` };
  const control = choices.length
    ? h("select.select.select--small", attrs, choices.map((choice) => h("option", { value: choice, selected: choice === value }, choice)))
    : h("input.text.take__number", { ...attrs, type: "number", min: low, max: high, step: whole ? 1 : "any", value, inputmode: "decimal" });
  return h("label.take__option", {}, h("span", {}, title), control);
}
