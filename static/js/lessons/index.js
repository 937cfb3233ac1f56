/**
 * The lessons' index: how this browser stands in the course, drawn into what the server sent; the search; the map's ways.
 * @import { IndexLesson, IndexStand, IndexStanding, LessonState } from "../types"
 */
import { KEY, storedProgress } from "../dom/lessonprogress.js";
import { hasWords, isWhole, restingOn, standingOf } from "../state/lessonindex.js";
import { filled, word } from "../state/lessonwords.js";
import { listenToKeeping } from "./keeping.js";
import { part } from "./pages.js";

/** @type {{lessons: readonly IndexLesson[], words: LessonState["words"]}} */
const { lessons, words } = JSON.parse(part("facts").textContent ?? "");
/** What else a way to go on is called. */
const WHYS = { begin: "index.begin", next: "index.continue_next", continue: "index.continue" };

/** @template {Element} [T=HTMLElement] @param {string} selector @returns {T[]} */
const all = (selector) => [.../** @type {NodeListOf<T>} */ (document.querySelectorAll(selector))];

function draw() {
  const standing = standingOf(storedProgress(), lessons);
  part("solved").textContent = filled(words, "index.tasks_count", { done: standing.done, total: standing.total });
  for (const stand of standing.lessons) drawLesson(stand);
  drawNext(standing);
}

/** @param {IndexStand} stand */
function drawLesson(stand) {
  for (const ring of all(`[data-ring="${stand.id}"]`)) drawRing(ring, stand);
  for (const entry of all(`[data-lesson="${stand.id}"], [data-stop="${stand.id}"]`)) entry.dataset.standing = standingName(stand);
  const counted = filled(words, "index.progress", { done: stand.done, total: stand.total });
  for (const told of all(`[data-progress="${stand.id}"]`)) told.textContent = isWhole(stand) ? `${counted}, ${word(words, "index.progress_done")}` : counted;
}

/** @param {IndexStand} stand */
function standingName(stand) {
  return isWhole(stand) ? "whole" : stand.begun ? "begun" : "new";
}

/** @param {Element} ring @param {IndexStand} stand */
function drawRing(ring, stand) {
  ring.classList.toggle("ring--whole", isWhole(stand));
  ring.querySelector(".ring__done")?.setAttribute("stroke-dasharray", `${(100 * stand.done) / stand.total} 100`);
}

/** @param {IndexStanding} standing */
function drawNext({ next, lessons: stands }) {
  const way = /** @type {HTMLAnchorElement} */ (part("next"));
  const lesson = lessons.find(({ id }) => id === next?.id);
  const stand = stands.find(({ id }) => id === next?.id);
  way.setAttribute("href", lesson ? `/lessons/${lesson.id}${way.search}` : "/");
  say(way, "told", word(words, next ? WHYS[next.why] : "index.all_done"));
  say(way, "title", lesson?.name ?? word(words, "index.to_playground"));
  const counted = stand?.begun ? filled(words, "index.progress", { done: stand.done, total: stand.total }) : lesson?.time;
  say(way, "more", counted ?? word(words, "index.all_done_text"));
  const ring = /** @type {SVGElement} */ (way.querySelector(".ring"));
  ring.classList.toggle("ring--whole", !stand);
  if (!lesson || !stand) return;
  drawRing(ring, stand);
  const number = document.querySelector(`[data-ring="${lesson.id}"] .ring__number`)?.textContent ?? "";
  /** @type {Element} */ (ring.querySelector(".ring__number")).textContent = number;
}

/** @param {Element} inside @param {string} place @param {string} text */
function say(inside, place, text) {
  const found = inside.querySelector(`[data-${place}]`);
  if (found) found.textContent = text;
}

/** Whoever points at a lesson, in the list or on the map, sees what it rests on. @param {string | null} id */
function lightUp(id) {
  /** @type {ReadonlySet<string | undefined>} */
  const lit = id === null ? new Set() : restingOn(lessons, id);
  part("map").classList.toggle("map--lit", id !== null);
  for (const stop of all("[data-stop]")) stop.classList.toggle("stop--lit", lit.has(stop.dataset.stop));
  for (const line of all("[data-start]")) {
    line.classList.toggle("line--lit", lit.has(line.dataset.start) && lit.has(line.dataset.end));
  }
}

/** @param {Element} place */
function listenToPointing(place) {
  const idAt = (/** @type {EventTarget | null} */ target) => {
    const found = target instanceof Element ? target.closest("[data-stop], [data-lesson]") : null;
    const { stop, lesson } = /** @type {HTMLElement | null} */ (found)?.dataset ?? {};
    return stop ?? lesson ?? null;
  };
  for (const name of ["pointerover", "focusin"]) place.addEventListener(name, ({ target }) => lightUp(idAt(target)));
  for (const name of ["pointerleave", "focusout"]) place.addEventListener(name, () => lightUp(null));
}

/** @param {HTMLInputElement} field */
function listenToSearch(field) {
  field.addEventListener("input", () => {
    const found = all("[data-lesson]").filter((entry) => {
      const chapter = entry.closest("[data-chapter]")?.querySelector("h3")?.textContent ?? "";
      entry.hidden = !hasWords(`${chapter} ${entry.textContent}`, field.value);
      return !entry.hidden;
    });
    for (const chapter of all("[data-chapter]")) chapter.hidden = !chapter.querySelector("[data-lesson]:not([hidden])");
    part("search-none").textContent = found.length ? "" : word(words, "index.search_none");
  });
}

if (lessons.length) {
  draw();
  listenToPointing(part("index"));
  listenToSearch(/** @type {HTMLInputElement} */ (part("search")));
  listenToKeeping(words, lessons, draw);
  window.addEventListener("storage", ({ key }) => key === KEY && draw());
  // Coming back from a lesson, a browser may show the page as it was left.
  window.addEventListener("pageshow", ({ persisted }) => persisted && draw());
}
