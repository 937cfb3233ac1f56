/**
 * Hands on the tasks: what is typed and ticked, Enter that checks, steps put in order by mouse, finger and keys.
 * @import { Store } from "../store.js"
 */
import { chosen, handsOf, taskNamed } from "../state/lessontasks.js";
import { afterDrawing } from "./lessonpanel.js";

/** @type {Record<string, number>} */
const ALONG = { ArrowUp: -1, ArrowDown: 1, Home: -Infinity, End: Infinity };
/** A press that wanders less is no drag; pixels. */
const WANDER = 4;
const ENDS = /** @type {const} */ (["pointerup", "pointercancel"]);

/** @param {HTMLElement} place @param {Store} store */
export function listenToAnswers(place, store) {
  place.addEventListener("input", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.dataset.lessonField) return;
    const { task = "", lessonField: field } = target.dataset;
    store.dispatch({ type: "lesson-answer", task, answer: { ...handsOf(store.get().lesson, task).answer, [field]: target.value } });
  });
  place.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLSelectElement && target.id === "lesson-language") return speak(target.value);
    if (!(target instanceof HTMLInputElement) || !target.dataset.lessonOption) return;
    const { task: id = "", lessonOption: option } = target.dataset;
    const { lesson } = store.get();
    const task = taskNamed(lesson, id);
    if (task) store.dispatch({ type: "lesson-answer", task: id, answer: chosen(task, handsOf(lesson, id), option, target.checked) });
  });
  place.addEventListener("keydown", (event) => {
    const { target, key } = event;
    if (!(target instanceof HTMLElement)) return;
    if (key === "Enter" && target.dataset.lessonField) store.dispatch({ type: "lesson-check", task: target.dataset.task ?? "" });
    if (!target.dataset.lessonGrip || !(key in ALONG)) return;
    event.preventDefault();
    move(store, target.dataset.task ?? "", target.dataset.lessonGrip, ALONG[key]);
  });
  place.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest("[data-action=lesson-move]") : null;
    if (!(button instanceof HTMLElement)) return;
    const { task = "", item = "", by } = button.dataset;
    move(store, task, item, Number(by));
  });
  listenToDrags(place, store);
}

/** The same lesson in another language. @param {string} language */
function speak(language) {
  const url = new URL(location.href);
  url.searchParams.set("language", language);
  location.assign(url);
}

/** @param {Store} store @param {string} task */
const orderOf = (store, task) => /** @type {readonly string[]} */ (handsOf(store.get().lesson, task).answer ?? []);

/** The focus stays on what was moved. @param {Store} store @param {string} task @param {string} item @param {number} by */
function move(store, task, item, by) {
  const at = orderOf(store, task).indexOf(item);
  const to = Math.max(0, Math.min(orderOf(store, task).length - 1, at + by));
  if (to !== at) put(store, task, item, to);
}

/** The row may be taken out of the page on its way, and with it the focus. @param {Store} store @param {string} task @param {string} item @param {number} place */
function put(store, task, item, place) {
  const active = document.activeElement;
  store.dispatch({ type: "lesson-moved", task, item, place });
  afterDrawing(() => {
    if (active instanceof HTMLElement && active.isConnected && document.activeElement === document.body) active.focus();
  });
}

/** By the mouse a step is taken anywhere, by a finger at its grip, because elsewhere it scrolls. @param {HTMLElement} place @param {Store} store */
function listenToDrags(place, store) {
  place.addEventListener("pointerdown", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const row = target?.closest(".task__item");
    const grip = target?.closest("[data-lesson-grip]");
    if (!(row instanceof HTMLElement) || event.button !== 0 || target?.closest(".task__move")) return;
    if (row.querySelector("[data-lesson-grip]:disabled") || (!grip && event.pointerType !== "mouse")) return;
    if (!grip) event.preventDefault();
    drag(store, row, event);
  });
}

/** Heard at the window, because a row that is put elsewhere loses the pointer. @param {Store} store @param {HTMLElement} row @param {PointerEvent} start */
function drag(store, row, start) {
  const { task = "", item = "" } = row.dataset;
  let dragging = false;
  const over = (/** @type {PointerEvent} */ { clientY, pointerId }) => {
    if (pointerId !== start.pointerId) return;
    dragging ||= Math.abs(clientY - start.clientY) > WANDER;
    if (!dragging) return;
    row.classList.add("task__item--held");
    const rows = [...(row.parentElement?.children ?? [])].filter((other) => other !== row);
    const place = rows.filter((other) => middle(other) < clientY).length;
    if (place !== orderOf(store, task).indexOf(item)) put(store, task, item, place);
  };
  const end = (/** @type {PointerEvent} */ { pointerId }) => {
    if (pointerId !== start.pointerId) return;
    row.classList.remove("task__item--held");
    window.removeEventListener("pointermove", over);
    for (const type of ENDS) window.removeEventListener(type, end);
  };
  window.addEventListener("pointermove", over);
  for (const type of ENDS) window.addEventListener(type, end);
}

/** @param {Element} row */
function middle(row) {
  const { top, height } = row.getBoundingClientRect();
  return top + height / 2;
}
