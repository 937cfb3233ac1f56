/**
 * The lesson beside the playground: head with the stages, the shown stage's text and tasks, the way on. Its words are the server's.
 * @import { Child, LessonStage, State } from "../types"
 */
import { doneWith } from "../state/lessontasks.js";
import { otherRuns } from "../state/lessonscript.js";
import { filled, plain, word } from "../state/lessonwords.js";
import { WIDTHS } from "../state/lesson.js";
import { countText } from "./labels.js";
import { endView } from "./lessonend.js";
import { taskCard } from "./lessontask.js";
import { h, htmlOf, icon } from "./tree.js";

/** @param {State} state @returns {unknown[]} */
export function lessonNeeds({ lesson, timeline, connection }) {
  return lesson.id === null ? [null] : [lesson, timeline.told, connection];
}

/** @param {State} state @returns {Child[]} */
export function lessonView(state) {
  const { id, lesson, words, folded, failed } = state.lesson;
  if (id === null || !("panel" in words)) return id !== null && failed ? [alone(failed)] : [];
  const say = (/** @type {string} */ name) => word(words, `panel.${name}`);
  if (!lesson) return [h("aside.lesson__panel", { key: "panel", "aria-label": say("label") }, h("p.lesson__wait", {}, failed ?? say("loading")), failed ? retry(say("try_again")) : null)];
  const unfold = h("button.button.lesson__unfold", { key: "unfold", type: "button", "data-action": "lesson-fold", "aria-expanded": "false", title: say("unfold") }, icon("lessons"), h("span", {}, say("label")));
  if (folded) return [unfold];
  return [
    h("aside.lesson__panel", { key: "panel", "aria-label": say("label") }, headView(state), bodyView(state), footView(state), gripView(state, say("width"))),
  ];
}

/** Before there are any words: what the server or the browser says. @param {string} failed */
const alone = (failed) => h("aside.lesson__panel", { key: "panel" }, h("p.lesson__wait", { role: "alert" }, failed));

/** @param {string} label */
const retry = (label) => h("button.button", { type: "button", "data-action": "lesson-reload" }, label);

/** The phone's two sides. @param {State} state @returns {Child[]} */
export function sidesView({ lesson: { id, words, side } }) {
  if (id === null || !("panel" in words)) return [];
  const sides = /** @type {const} */ (["lesson", "playground"]);
  return sides.map((name) =>
    h("button.side", { type: "button", key: name, "data-action": "lesson-side", "data-side": name, "aria-pressed": String(side === name) }, word(words, `panel.side_${name}`)),
  );
}

/** @param {State} state @param {string} label */
function gripView({ lesson: { width } }, label) {
  const range = { "aria-valuemin": WIDTHS.least, "aria-valuemax": WIDTHS.most, "aria-valuenow": width };
  return h("div.lesson__grip", { key: "grip", id: "lesson-grip", role: "separator", "aria-orientation": "vertical", tabindex: "0", "aria-label": label, ...range });
}

/** @param {State} state */
function headView(state) {
  const { lesson, words } = state.lesson;
  if (!lesson) return null;
  const say = (/** @type {string} */ name, /** @type {Record<string, string | number>} */ values = {}) => filled(words, `panel.${name}`, values);
  return h(
    "header.lesson__head",
    { key: "head" },
    h(
      "div.lesson__row",
      {},
      h("a.lesson__index", { href: `/lessons${query(state)}` }, icon("back"), say("index")),
      h("span.lesson__minutes", {}, filled(words, "common.minutes", { minutes: lesson.minutes })),
      languageView(state),
      h("button.button.button--icon.lesson__fold", { type: "button", "data-action": "lesson-fold", "aria-expanded": "true", "aria-label": say("fold"), title: say("fold") }, icon("fold")),
    ),
    h("h2.lesson__title", {}, h("span.lesson__number", {}, String(lesson.number)), htmlOf("span", lesson.title)),
    progressView(state),
    h("ol.lesson__steps", { "aria-label": say("steps") }, ...lesson.stages.map((stage, at) => stepView(state, stage, at))),
  );
}

/** Where there is more than one. @param {State} state */
function languageView({ lesson: { lesson, words } }) {
  if (!lesson || lesson.languages.length < 2) return null;
  const options = lesson.languages.map((name) => h("option", { value: name, selected: name === lesson.language }, name));
  return h("select.select.select--small", { id: "lesson-language", "aria-label": word(words, "panel.language") }, ...options);
}

/** What the address asks for goes on with every link. @param {State} state */
function query({ lesson: { lesson } }) {
  return lesson && lesson.languages.length > 1 ? `?language=${lesson.language}` : "";
}

/** @param {State} state */
function progressView({ lesson }) {
  const tasks = lesson.lesson?.stages.flatMap((stage) => stage.tasks) ?? [];
  const done = tasks.filter(({ id }) => doneWith(lesson, id).right).length;
  const text = tasks.length ? filled(lesson.words, "panel.progress", { done, total: tasks.length }) : word(lesson.words, "panel.progress_none");
  const bar = tasks.length ? h("span.lesson__bar", { "aria-hidden": "true", style: `--share: ${(100 * done) / tasks.length}%` }) : null;
  return h("p.lesson__progress", { id: "lesson-progress" }, bar, h("span", {}, text));
}

/** @param {State} state @param {LessonStage} stage @param {number} at */
function stepView({ lesson }, stage, at) {
  const solved = stage.tasks.length > 0 && stage.tasks.every(({ id }) => doneWith(lesson, id).right);
  const current = at === lesson.stage && !lesson.ended;
  const name = `${filled(lesson.words, "panel.title", { number: at + 1, title: plain(stage.title) })}${solved ? `, ${word(lesson.words, "panel.step_done")}` : ""}`;
  const attrs = { type: "button", "data-action": "lesson-stage", "data-stage": String(at), "aria-current": current ? "step" : null, "aria-label": name, title: name };
  return h("li.lesson__step", { key: stage.id, class: solved ? "lesson__step--solved" : "" }, h("button", attrs, solved ? icon("check") : String(at + 1)));
}

/** @param {State} state */
function bodyView(state) {
  const { lesson, stage: at, ended, words } = state.lesson;
  const stage = lesson?.stages[at];
  if (!stage) return null;
  if (ended) return h("div.lesson__body", { key: "body-end" }, ...endView(state));
  const first = lesson.stages.slice(0, at).flatMap(({ tasks }) => tasks).length;
  return h(
    "div.lesson__body",
    { key: `body-${stage.id}` },
    h("div.lesson__place", {}, h("span", {}, filled(words, "panel.stage_of", { number: at + 1, total: lesson.stages.length })), againView(state)),
    h("h3.lesson__stage", { id: "lesson-stage", tabindex: -1 }, htmlOf("span", stage.title)),
    statusView(state),
    runsView(state),
    htmlOf("div.prose", stage.html, { key: "text" }),
    ...stage.tasks.map((task, row) => taskCard(state, task, first + row + 1)),
  );
}

/** How the experiment stands: on its way, or why it is not there. @param {State} state */
function statusView({ lesson: { script, failed, words }, connection }) {
  if (failed !== null) return h("div.lesson__failed", { key: "status", role: "alert" }, icon("warning"), h("p", {}, failed), h("button.button", { type: "button", "data-action": "lesson-again" }, word(words, "panel.try_again")));
  if (connection !== "open") return h("p.lesson__status", { key: "status" }, word(words, "panel.not_connected"));
  const text = script ? word(words, script.what === "run" || script.what === "solution" ? "panel.playing" : "panel.preparing") : "";
  return h("p.lesson__status", { key: "status" }, text);
}

/** @param {State} state */
function againView({ lesson: { words } }) {
  const attrs = { type: "button", "data-action": "lesson-again", title: word(words, "panel.again_help") };
  return h("button.button.button--quiet.lesson__again", attrs, icon("reset"), word(words, "panel.again"));
}

/** The way back to one's own runs of the stage. @param {State} state */
function runsView(state) {
  const { words } = state.lesson;
  const runs = otherRuns(state).map(({ id, name, last }) =>
    h("li", { key: String(id) }, h("button.button.lesson__run", { type: "button", "data-action": "lesson-back", "data-branch": String(id) }, filled(words, "panel.run_back", { name, step: countText(last) }))),
  );
  return runs.length ? h("ul.lesson__runs", { key: "runs", "aria-label": word(words, "panel.runs") }, ...runs) : null;
}

/** @param {State} state */
function footView(state) {
  const { lesson, stage, ended, words } = state.lesson;
  if (!lesson) return null;
  const last = stage === lesson.stages.length - 1;
  const go = (/** @type {number} */ to, /** @type {string} */ name, /** @type {string} */ kind) =>
    h("button.button", { type: "button", class: kind, "data-action": "lesson-stage", "data-stage": String(to) }, word(words, `panel.${name}`));
  const back = ended ? go(stage, "previous", "") : stage > 0 ? go(stage - 1, "previous", "") : h("span");
  const on = last ? h("button.button.button--main", { type: "button", "data-action": "lesson-end" }, word(words, "panel.finish")) : go(stage + 1, "next", "button--main");
  const { next } = lesson;
  const after = next && h("a.button.button--main", { href: `/lessons/${next.id}${query(state)}` }, word(words, "panel.next_lesson"));
  return h("footer.lesson__foot", { key: "foot" }, back, ended ? after : on);
}
