/**
 * A task of a lesson as a card: what is asked, where the answer goes, what came of it, help in steps.
 * @import { Child, LessonTask, State, TaskHands, TaskProgress } from "../types"
 * @import { Words } from "../state/lessonwords.js"
 */
import { doneWith, handsOf, isAnswered } from "../state/lessontasks.js";
import { filled, word } from "../state/lessonwords.js";
import { answerView } from "./lessonanswer.js";
import { verdictText } from "./lessonverdict.js";
import { weightText } from "./labels.js";
import { h, htmlOf, icon } from "./tree.js";

/** @typedef {{task: LessonTask, done: TaskProgress, hands: TaskHands, words: Words, busy: boolean}} Card what a card is drawn from */

/** @param {State} state @param {LessonTask} task @param {number} number in the lesson, from 1 */
export function taskCard({ lesson }, task, number) {
  const { words, checking, script } = lesson;
  const busy = checking !== null || script !== null;
  /** @type {Card} */
  const card = { task, done: doneWith(lesson, task.id), hands: handsOf(lesson, task.id), words, busy };
  const solved = card.done.right ? h("span.task__done", {}, icon("check"), word(words, "panel.done")) : null;
  return h(
    "section.task",
    { key: `task-${task.id}`, "data-task": task.id, "data-kind": task.kind, class: card.done.right ? "task--right" : "", "aria-labelledby": `task-${task.id}` },
    h("p.task__kind", {}, h("span", {}, filled(words, "panel.task", { number })), h("span.task__chip", {}, word(words, `kinds.${task.kind}`)), solved),
    h("h4.task__title", { id: `task-${task.id}` }, htmlOf("span", task.title)),
    htmlOf("div.prose", task.html, { key: "text" }),
    ...answerView(card),
    actionsView(card, checking?.task === task.id && !checking.quiet),
    ...verdictView(card),
    ...hintsView(card),
    ...afterwards(card),
  );
}

/** Kinds whose answer stands once it is right. */
const SAID = ["predict", "choose", "order"];

/** @param {Card} card @param {boolean} checking */
function actionsView({ task, done, hands, words, busy }, checking) {
  const button = (/** @type {string} */ action, /** @type {string} */ name, kind = "", /** @type {string | null} */ title = null, disabled = false) =>
    h("button.button", { type: "button", key: action, class: kind, "data-action": `lesson-${action}`, "data-task": task.id, title, disabled }, word(words, `panel.${name}`));
  const settled = done.right && SAID.includes(task.kind);
  const check = settled ? null : button("check", checking ? "checking" : done.tries ? "check_again" : "check", "button--main", null, !isAnswered(task, hands));
  const run = task.run.length > 0 && hands.said ? button("run", hands.measured ? "run_again" : "run", settled || !hands.measured ? "button--run" : "", word(words, "panel.run_help"), busy) : null;
  const hint = !done.right && done.hints < task.hints.length ? button("hint", done.hints ? "hint_more" : "hint", "button--quiet") : null;
  const solution = done.tries > 0 && !done.solution && !settled ? button("solution", "solution", "button--quiet") : null;
  return h("div.task__actions", { key: "actions" }, check, run, hint, solution);
}

/** @param {Card} card @returns {Child[]} */
function verdictView({ task, hands, words, done }) {
  if (hands.refused !== null) return [h("p.task__verdict.task__verdict--wrong", { key: "verdict" }, icon("warning"), filled(words, "panel.check_refused", { message: hands.refused }))];
  if (hands.bad.length) return [h("p.task__verdict.task__verdict--wrong", { key: "verdict", id: `bad-${task.id}` }, icon("warning"), word(words, "panel.no_number"))];
  const { verdict, told } = hands;
  if (!verdict) return [];
  const wrong = verdict.items.filter(({ kind, right }) => kind === "option" && !right).map(({ name }) => told?.wrong[name] ?? "").filter(Boolean);
  const { head, text } = verdictText(words, task, verdict, done);
  return [
    h("p.task__verdict", { key: "verdict", class: `task__verdict--${verdict.right ? "right" : "wrong"}` }, icon(verdict.right ? "check" : "close"), h("span", {}, h("b", {}, head), " ", text)),
    ...wrong.map((source, row) => htmlOf("div.prose.task__why", source, { key: `why-${row}` })),
  ];
}

/** @param {Card} card @returns {Child[]} */
function hintsView({ task, done, words }) {
  return task.hints.slice(0, done.hints).map((source, row) =>
    h("div.task__hint", { key: `hint-${row}` }, h("p.task__label", {}, filled(words, "panel.hint_of", { number: row + 1, total: task.hints.length })), htmlOf("div.prose", source)),
  );
}

/** Once it is right, why; once it was asked for, how. @param {Card} card @returns {Child[]} */
function afterwards(card) {
  const { task, done, hands, words, busy } = card;
  if (!hands.told) return [];
  const { explanation, solution, commands } = hands.told;
  const plays = commands.length > 0 && task.kind !== "predict";
  const play = plays ? h("button.button.button--run", { type: "button", "data-action": "lesson-play", "data-task": task.id, title: word(words, "panel.play_help"), disabled: busy }, word(words, "panel.play")) : null;
  return [
    done.solution && h("div.task__solution", { key: "solution" }, h("p.task__label", {}, word(words, "panel.solution_title")), rightAnswer(card), htmlOf("div.prose", solution), play),
    (done.right || done.solution) && h("div.task__why", { key: "explanation" }, h("p.task__label", {}, word(words, "panel.explanation")), htmlOf("div.prose", explanation)),
  ].filter((child) => child !== false);
}

/** The right answer as it stands in the lesson. @param {Card} card */
function rightAnswer({ task, hands }) {
  const { answer } = hands.told ?? {};
  if (!answer) return null;
  if (Array.isArray(answer)) {
    const all = task.kind === "order" ? task.items : task.options;
    const names = answer.map((name) => all.find(({ id }) => id === name)?.html ?? name);
    return h(task.kind === "order" ? "ol.task__answer" : "ul.task__answer", {}, ...names.map((source) => htmlOf("li", source)));
  }
  const numbers = /** @type {Readonly<Record<string, number>>} */ (answer);
  return h("ul.task__answer", {}, ...task.fields.map(({ id, html }) => h("li", {}, htmlOf("span", html), `: ${weightText(numbers[id])}`)));
}
