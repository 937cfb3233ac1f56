/**
 * What the server makes of an answer, in the page's words: for the card and for the one who hears the page.
 * @import { LessonTask, State, TaskProgress, Verdict, VerdictItem } from "../types"
 * @import { Words } from "../state/lessonwords.js"
 */
import { doneWith, handsOf, taskNamed } from "../state/lessontasks.js";
import { filled, plain, word } from "../state/lessonwords.js";

/** Digits of a measured number: 0.99996 is not yet 1. */
const DIGITS = 6;
/** What arithmetic leaves of 0. */
const NOTHING = 1e-12;

/** What was measured, at a readable length. @param {Words} words @param {VerdictItem["measured"]} value */
export function measuredText(words, value) {
  if (value === null) return word(words, "panel.none");
  if (typeof value === "boolean") return word(words, value ? "panel.yes" : "panel.no");
  if (typeof value === "string") return value;
  const number = Math.abs(value) < NOTHING ? 0 : Number(value.toPrecision(DIGITS));
  return String(number).replaceAll("-", "−");
}

/**
 * Right or not, and what of it is not. What was to be kept is named by the task's own words.
 * @param {Words} words @param {LessonTask} task @param {Verdict} verdict @param {TaskProgress} done
 */
export function verdictText(words, task, verdict, done) {
  if (verdict.right) return { head: word(words, done.solution ? "panel.right_helped" : "panel.right"), text: "" };
  return { head: word(words, "panel.wrong"), text: reasons(words, task, verdict).join(" ") };
}

/** What a wrong item is called, where there is one alone, and where there are more. @type {Readonly<Record<string, readonly [string, string]>>} */
const SENTENCES = {
  field: ["wrong_field", "wrong_fields"],
  option: ["wrong_option", "wrong_options"],
  item: ["wrong_items", "wrong_items"],
  condition: ["wrong_condition", "wrong_conditions"],
};

/** @param {Words} words @param {LessonTask} task @param {Verdict} verdict @returns {string[]} */
function reasons(words, task, { items }) {
  const found = Object.entries(SENTENCES).flatMap(([kind, [one, more]]) => {
    const all = items.filter((item) => item.kind === kind);
    const right = all.filter((item) => item.right).length;
    return right === all.length ? [] : [filled(words, `panel.${all.length > 1 ? more : one}`, { right, total: all.length })];
  });
  const changed = items.filter(({ kind }) => kind === "keep").flatMap(({ right }, row) => (right ? [] : [task.keep[row]]));
  if (changed.length) found.push(filled(words, "panel.wrong_keep", { names: changed.join(", ") }));
  return found.length ? found : [word(words, "panel.wrong_options_missing")];
}

/** What has just happened in the lesson, to be heard. @param {State} state @returns {string} */
export function lessonAnnounced({ lesson: state }) {
  const { news, words, lesson } = state;
  if (!news || !lesson) return "";
  const task = news.task === null ? null : taskNamed(state, news.task);
  if (!task) return stageAnnounced(state);
  const [hands, done] = [handsOf(state, task.id), doneWith(state, task.id)];
  if (news.what === "hint") return `${filled(words, "panel.hint_of", { number: done.hints, total: task.hints.length })}. ${plain(task.hints[done.hints - 1] ?? "")}`;
  if (news.what === "solution") return plain(hands.told?.solution ?? "");
  if (news.what === "measured") return measuredAnnounced(words, task, hands.measured ?? {});
  if (news.what === "moved") return movedAnnounced(words, /** @type {readonly string[]} */ (hands.answer ?? []), news.item ?? "");
  if (!hands.verdict) return "";
  const { head, text } = verdictText(words, task, hands.verdict, done);
  const why = hands.verdict.right ? plain(hands.told?.explanation ?? "") : "";
  return [filled(words, "panel.try_count", { count: done.tries }), head, text, why].filter(Boolean).join(" ");
}

/** @param {Words} words @param {readonly string[]} order @param {string} item */
function movedAnnounced(words, order, item) {
  return filled(words, "panel.order_moved", { place: order.indexOf(item) + 1, total: order.length });
}

/** @param {State["lesson"]} state */
function stageAnnounced({ words, lesson, stage, ended }) {
  if (!lesson || ended) return "";
  return filled(words, "panel.stage_now", { number: stage + 1, total: lesson.stages.length, title: plain(lesson.stages[stage].title) });
}

/** @param {Words} words @param {LessonTask} task @param {Readonly<Record<string, VerdictItem["measured"]>>} measured */
function measuredAnnounced(words, { fields }, measured) {
  const told = fields.filter(({ id }) => (measured[id] ?? null) !== null).map(({ id, html }) => `${plain(html)}: ${measuredText(words, measured[id])}`);
  return told.length ? `${word(words, "panel.gives")} ${told.join(", ")}.` : "";
}
