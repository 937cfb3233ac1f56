/**
 * The lesson on the page: fetches it, hears its hands, remembers what was done, brings the tables of its stages, and tells the rest of
 * the page what a stage wants to see.
 * @import { Store } from "../store.js"
 * @import { LessonState, State } from "../types"
 * @import { Part } from "./parts.js"
 */
import { inStorage } from "../keep.js";
import { progressOf } from "../state/lessonprogress.js";
import { missingTable } from "../state/lessonscript.js";
import { filled, word } from "../state/lessonwords.js";
import { element } from "./element.js";
import { keyed } from "./fetched.js";
import { listenToAnswers } from "./lessonanswers.js";
import { afterDrawing, layPanel, listenToGrip } from "./lessonpanel.js";
import { storedProgress, storeLesson } from "./lessonprogress.js";

/** Of the tab: which stage's experiment its session has. */
const KEPT = "lesson";

/** @typedef {{begun: string | null, touched: boolean, session: string | null}} Kept */

/** @param {HTMLElement} place @param {Store} store @returns {Part} */
export function createLesson(place, store) {
  const id = document.body.dataset.lesson ?? null;
  if (id === null) return {};
  /** What was last acted upon. @type {{lesson: LessonState | null, stage: string | null, asked: Set<string>, table: string | null}} */
  const seen = { lesson: null, stage: null, asked: new Set(), table: null };
  store.dispatch({ type: "lesson", change: { id } });
  load(store, id);
  listenToAnswers(place, store);
  listenToGrip(place, store);
  window.addEventListener("hashchange", () => goTo(store, stageOfAddress()));

  /** @param {State} state */
  function render(state) {
    const { lesson } = state;
    layPanel(state);
    bringTable(store, seen, state);
    if (lesson === seen.lesson) return;
    const before = seen.lesson;
    seen.lesson = lesson;
    if (!lesson.lesson) return;
    keep(state);
    if (lesson.progress !== before?.progress) storeLesson(id ?? "", lesson.progress);
    fetchSolutions(store, seen.asked, state);
    showStage(store, state, before);
  }

  return { render, buttons: buttonsOf(store) };
}

/** @param {Store} store */
function buttonsOf(store) {
  const ofTask = (/** @type {"lesson-check" | "lesson-run" | "lesson-hint" | "lesson-solution" | "lesson-play"} */ type) => (/** @type {HTMLElement} */ { dataset }) =>
    store.dispatch({ type, task: dataset.task ?? "" });
  return {
    "lesson-check": ofTask("lesson-check"),
    "lesson-run": ofTask("lesson-run"),
    "lesson-hint": ofTask("lesson-hint"),
    "lesson-solution": ofTask("lesson-solution"),
    "lesson-play": ofTask("lesson-play"),
    "lesson-again": () => store.dispatch({ type: "lesson-again" }),
    "lesson-end": () => store.dispatch({ type: "lesson-end" }),
    "lesson-reload": () => location.reload(),
    "lesson-back": (/** @type {HTMLElement} */ { dataset }) => store.dispatch({ type: "lesson-back", branch: Number(dataset.branch) }),
    "lesson-stage": (/** @type {HTMLElement} */ { dataset }) => store.dispatch({ type: "lesson-stage", stage: Number(dataset.stage), now: Date.now() }),
    "lesson-fold": () => {
      store.dispatch({ type: "lesson", change: { folded: !store.get().lesson.folded } });
      afterDrawing(() => focusOn("[data-action=lesson-fold]"));
    },
    "lesson-side": (/** @type {HTMLElement} */ { dataset }) => {
      store.dispatch({ type: "lesson", change: { side: /** @type {LessonState["side"]} */ (dataset.side) } });
      window.scrollTo(0, 0);
    },
  };
}

/** The lesson, the words and what was done before. @param {Store} store @param {string} id */
async function load(store, id) {
  const query = new URLSearchParams(location.search).has("language") ? `?language=${encodeURIComponent(new URLSearchParams(location.search).get("language") ?? "")}` : "";
  try {
    const [lesson, words] = await Promise.all([`/api/lessons/${id}${query}`, `/api/lessons/words${query}`].map(answerOf));
    const progress = progressOf(storedProgress(), id);
    store.dispatch({ type: "lesson-told", lesson, words: words.words, progress: { ...progress, seen: Date.now() }, kept: kept(store.get()), stage: stageOfAddress() });
  } catch (error) {
    store.dispatch({ type: "lesson", change: { failed: error instanceof Error ? error.message : String(error) } });
  }
}

/** @param {string} url @returns {Promise<any>} */
async function answerOf(url) {
  const answer = await fetch(url);
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.message ?? answer.statusText);
  return told;
}

/** The stage that stands behind the "#". */
function stageOfAddress() {
  return new URLSearchParams(location.hash.slice(1)).get("stage");
}

/** @param {Store} store @param {string | null} stage */
function goTo(store, stage) {
  const { lesson, stage: now } = store.get().lesson;
  const at = lesson?.stages.findIndex(({ id }) => id === stage) ?? -1;
  if (at >= 0 && at !== now) store.dispatch({ type: "lesson-stage", stage: at, now: Date.now() });
}

/** @param {State} state @returns {Kept} */
function kept({ session, lesson: { id } }) {
  const text = inStorage(() => sessionStorage.getItem(`${KEPT}:${id}`));
  /** @type {Kept | null} */
  const found = text ? JSON.parse(text) : null;
  return found && found.session === session ? found : { begun: null, touched: false, session };
}

/** While a stage is on its way, it is not there. @param {State} state */
function keep({ session, lesson: { id, begun, touched, script } }) {
  const now = { begun: script ? null : begun, touched, session };
  inStorage(() => sessionStorage.setItem(`${KEPT}:${id}`, JSON.stringify(now)));
}

/** What the page shows beside the board, when another stage has come. @param {Store} store @param {State} state @param {LessonState | null} before */
function showStage(store, { lesson: { lesson, stage: at, ended, script } }, before) {
  const stage = lesson?.stages[at];
  if (!stage || (before?.lesson && before.stage === at && before.ended === ended)) return;
  const stands = !before?.lesson && script === null;
  history.replaceState(history.state, "", `#stage=${stage.id}`);
  if (!ended) {
    // On a phone it would cover the board; its tab is there.
    store.dispatch({ type: "drawer", tab: matchMedia("(max-width: 899px)").matches ? null : stage.panel });
    if (stage.chart && !stands) store.dispatch({ type: "charts", change: { kind: stage.chart } });
    if (stage.edges && !stands) store.dispatch({ type: "edges", mode: stage.edges });
  }
  if (before?.lesson) afterDrawing(() => focusOn("#lesson-stage"));
}

/** @param {string} selector in the lesson */
function focusOn(selector) {
  const found = /** @type {HTMLElement | null} */ (element("lesson").querySelector(selector));
  found?.focus();
}

/** After a try the server tells what explains it. @param {Store} store @param {Set<string>} asked @param {State} state */
function fetchSolutions(store, asked, { lesson: { lesson, tasks, progress, checking } }) {
  for (const [task, { told, verdict }] of Object.entries(tasks)) {
    const wants = verdict !== null || progress.tasks[task]?.right || progress.tasks[task]?.solution;
    if (!lesson || told || !wants || asked.has(task) || checking?.task === task) continue;
    asked.add(task);
    answerOf(`/api/lessons/${lesson.id}/tasks/${task}?language=${lesson.language}`).then(
      (solution) => store.dispatch({ type: "lesson-solved", task, told: solution }),
      () => asked.delete(task),
    );
  }
}

/** A file of the lesson's that its stage trains on. @param {Store} store @param {{table: string | null}} seen @param {State} state */
function bringTable(store, seen, state) {
  const file = state.session && state.connection === "open" ? missingTable(state) : null;
  if (file === null) return void (seen.table = null);
  if (seen.table === file || state.lesson.failed !== null) return;
  seen.table = file;
  brought(state, file).then(
    (name) => store.dispatch({ type: "lesson-table", file, name }),
    (error) => store.dispatch({ type: "lesson", change: { failed: filled(state.lesson.words, "panel.table_refused", { message: error.message }) } }),
  );
}

/** From the lesson into the session, as any file is. @param {State} state @param {string} file @returns {Promise<string>} the session's name of it */
async function brought(state, file) {
  const { id, words } = state.lesson;
  const found = await fetch(`/api/lessons/${id}/files/${file}`);
  if (!found.ok) throw new Error(word(words, "panel.unreachable"));
  const headers = { ...keyed(state), "Content-Type": "application/octet-stream", "X-File-Name": encodeURIComponent(file) };
  const answer = await fetch("/api/session/tables", { method: "POST", headers, body: await found.blob() });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.message);
  return told.name;
}
