/**
 * Where the answer to a task goes: numbers, options, an order, or the session itself, whose conditions are listed.
 * @import { Child, LessonItem } from "../types"
 * @import { Card } from "./lessontask.js"
 */
import { numberOf } from "../state/lessontasks.js";
import { filled, plain, word } from "../state/lessonwords.js";
import { measuredText } from "./lessonverdict.js";
import { h, htmlOf, icon } from "./tree.js";

/** @param {Card} card @returns {Child[]} */
export function answerView(card) {
  const { task } = card;
  if (task.kind === "predict") return [...numbersView(card), ...comparedView(card)];
  if (task.kind === "order") return orderView(card);
  return [...(task.options.length ? [optionsView(card)] : []), ...conditionsView(card)];
}

/** @param {Card} card @returns {Child[]} */
function numbersView(card) {
  const { task, hands, done } = card;
  const texts = /** @type {Readonly<Record<string, string>>} */ (hands.answer ?? {});
  const rows = task.fields.map(({ id, html }) => {
    const name = `lesson-${task.id}-${id}`;
    const bad = hands.bad.includes(id);
    const attrs = { type: "text", inputmode: "decimal", autocomplete: "off", spellcheck: "false", id: name, value: texts[id] ?? "", disabled: done.right };
    const told = { "aria-invalid": bad ? "true" : null, "aria-describedby": bad ? `bad-${task.id}` : null };
    return h(
      "div.task__field",
      { key: id },
      htmlOf("label", html, { for: name }),
      h("input.text", { ...attrs, ...told, "data-lesson-field": id, "data-task": task.id }),
      markOf(card, id),
    );
  });
  return [h("div.task__fields", { key: "fields" }, ...rows)];
}

/** A number that was checked is right or not. @param {Card} card @param {string} id */
function markOf({ hands, words, done }, id) {
  const item = hands.verdict?.items.find(({ kind, name }) => kind === "field" && name === id);
  const right = item?.right ?? (done.right || null);
  return right === null ? h("span.task__mark") : mark(right, word(words, right ? "panel.field_right" : "panel.field_wrong"));
}

/** By shape, colour and word. @param {boolean} right @param {string} text */
function mark(right, text) {
  return h("span.task__mark", { class: right ? "task__mark--right" : "task__mark--wrong" }, icon(right ? "check" : "close"), h("span.sr", {}, text));
}

/** The first guess, and what the network made of it. @param {Card} card @returns {Child[]} */
function comparedView({ task, hands, words }) {
  const { said, measured } = hands;
  if (!said || task.run.length === 0) return [];
  const row = (/** @type {LessonItem} */ { id, html }) => [
    htmlOf("th", html, { scope: "row" }),
    h("td", {}, measuredText(words, numberOf(said[id] ?? ""))),
    h("td", {}, measured && (measured[id] ?? null) !== null ? measuredText(words, measured[id]) : "–"),
  ];
  const heads = ["", "said", "gives"].map((name) => (name ? h("th", { scope: "col" }, word(words, `panel.${name}`)) : h("td")));
  const hasMeasured = measured === null || Object.values(measured).some((value) => value !== null);
  const only = (/** @type {Child[]} */ cells) => (hasMeasured ? cells : cells.slice(0, 2));
  return [
    h("table.task__compared", { key: "compared" }, h("thead", {}, h("tr", {}, ...only(heads))), h("tbody", {}, ...task.fields.map((field) => h("tr", { key: field.id }, ...only(row(field)))))),
  ];
}

/** @param {Card} card */
function optionsView({ task, hands, words, done }) {
  const answer = /** @type {readonly string[]} */ (hands.answer ?? []);
  const settled = done.right && task.kind === "choose";
  const rows = task.options.map(({ id, html }) => {
    const item = hands.verdict?.items.find(({ kind, name }) => kind === "option" && name === id);
    const right = item?.right ?? (done.right && answer.includes(id) ? true : null);
    const attrs = { type: task.several ? "checkbox" : "radio", name: `lesson-${task.id}`, checked: answer.includes(id), disabled: settled };
    return h(
      "label.task__option",
      { key: id },
      h("input", { ...attrs, "data-lesson-option": id, "data-task": task.id }),
      htmlOf("span", html),
      right === null ? null : mark(right, word(words, right ? "panel.field_right" : "panel.field_wrong")),
    );
  });
  const legend = word(words, task.several ? "panel.options_several" : "panel.options_one");
  return h("fieldset.task__options", { key: "options" }, h("legend", { class: task.several ? "task__label" : "sr" }, legend), ...rows);
}

/** @param {Card} card @returns {Child[]} */
function orderView({ task, hands, words, done }) {
  const order = /** @type {readonly string[]} */ (hands.answer ?? []);
  const total = order.length;
  const rows = order.map((id, at) => {
    const html = task.items.find((item) => item.id === id)?.html ?? "";
    const item = hands.verdict?.items[at];
    const text = plain(html);
    const move = (/** @type {string} */ name, /** @type {number} */ by, /** @type {boolean} */ off) =>
      h("button.task__move", { type: "button", "data-action": "lesson-move", "data-task": task.id, "data-item": id, "data-by": String(by), disabled: off, "aria-label": `${word(words, `panel.order_${name}`)}: ${text}`, title: word(words, `panel.order_${name}`) }, icon(name));
    const place = filled(words, "panel.order_handle", { place: at + 1, total });
    const grip = h("button.task__grip", { type: "button", "data-lesson-grip": id, "data-task": task.id, disabled: done.right, "aria-label": `${text}. ${place}` }, icon("grip"));
    const right = item ? item.right : done.right ? true : null;
    return h(
      "li.task__item",
      { key: id, "data-item": id, "data-task": task.id },
      grip,
      htmlOf("span.task__words", html),
      right === null ? null : mark(right, word(words, right ? "panel.item_right" : "panel.item_wrong")),
      done.right ? null : h("span.task__moves", {}, move("up", -1, at === 0), move("down", 1, at === total - 1)),
    );
  });
  const help = done.right ? null : h("p.task__help", { key: "help" }, word(words, "panel.order_help"));
  return [help, h("ol.task__order", { key: "order" }, ...rows)].filter((child) => child !== null);
}

/** What the session is to be brought to, and what in it is to stay. @param {Card} card @returns {Child[]} */
function conditionsView({ task, hands, words, done }) {
  const items = hands.verdict?.items ?? [];
  const held = (/** @type {"condition" | "keep"} */ kind, /** @type {number} */ row) => items.filter((item) => item.kind === kind)[row] ?? null;
  const line = (/** @type {"condition" | "keep"} */ kind, /** @type {string} */ text, /** @type {number} */ row) => {
    const item = held(kind, row);
    const right = item ? item.right : done.right ? true : null;
    const sign = right === null ? h("i.task__box", { "aria-hidden": "true" }) : mark(right, word(words, right ? "panel.field_right" : "panel.field_wrong"));
    return h("li", { key: `${kind}-${row}` }, sign, h("span", {}, text, item ? h("span.task__now", {}, nowText(words, kind, item)) : null));
  };
  const list = (/** @type {"condition" | "keep"} */ kind, /** @type {string} */ title, /** @type {readonly string[]} */ texts) =>
    texts.length ? [h("p.task__label", { key: `${kind}-title` }, word(words, `panel.${title}`)), h("ul.task__conditions", { key: kind }, ...texts.map((text, row) => line(kind, text, row)))] : [];
  return [...list("condition", "conditions", task.conditions), ...list("keep", "kept", task.keep)];
}

/** @param {Card["words"]} words @param {"condition" | "keep"} kind @param {import("../types").VerdictItem} item */
function nowText(words, kind, { measured, right }) {
  if (kind === "keep") return right ? "" : word(words, "panel.kept_not");
  if (measured === null) return word(words, "panel.condition_unknown");
  return filled(words, "panel.condition_now", { value: measuredText(words, measured) });
}
