/**
 * The learner's progress as a file, from a file, and away with it.
 * @import { IndexLesson, LessonState } from "../types"
 */
import { forgetProgress, saveProgressFile, storeAll, storedProgress } from "../dom/lessonprogress.js";
import { standingOf } from "../state/lessonindex.js";
import { importProgress } from "../state/lessonprogress.js";
import { filled } from "../state/lessonwords.js";
import { part } from "./pages.js";

/**
 * @param {LessonState["words"]} words @param {readonly IndexLesson[]} lessons
 * @param {() => void} changed after progress has become another
 */
export function listenToKeeping(words, lessons, changed) {
  /** @param {string} name @param {Record<string, string | number>} [values] */
  const say = (name, values = {}) => {
    part("keeping-said").textContent = filled(words, `keeping.${name}`, values);
  };
  part("progress-export").addEventListener("click", () => {
    if (!Object.keys(storedProgress().lessons).length) return say("nothing");
    saveProgressFile();
    say("exported");
  });
  const input = /** @type {HTMLInputElement} */ (part("progress-import"));
  input.addEventListener("change", async () => {
    const file = input.files?.[0];
    if (!file) return;
    const text = await file.text();
    // The same file may be brought again.
    input.value = "";
    const { progress, refused } = importProgress(text);
    if (refused) return say(refused, { file: file.name });
    storeAll(progress);
    changed();
    const { done, total } = standingOf(storedProgress(), lessons);
    say("imported", { file: file.name, done, total });
  });
  listenToForgetting(() => {
    forgetProgress();
    changed();
    say("forgotten");
  });
}

/** It is asked once more before all is gone. @param {() => void} forget */
function listenToForgetting(forget) {
  const [first, really, keep] = ["progress-forget", "progress-forget-really", "progress-keep"].map((id) => part(id));
  const ask = (/** @type {boolean} */ asking) => {
    part("keeping-sure").hidden = !asking;
    part("keeping-buttons").hidden = asking;
    (asking ? keep : first).focus();
  };
  first.addEventListener("click", () => ask(true));
  keep.addEventListener("click", () => ask(false));
  really.addEventListener("click", () => {
    ask(false);
    forget();
  });
}
