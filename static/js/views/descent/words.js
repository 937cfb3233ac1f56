/**
 * The catalogue's words with their places filled, and the sentences about a race.
 * @import { DescentState, RacePath, Words } from "../../descenttypes"
 */
import { groundOf, lastStep, pathsOf } from "../../state/descent/race.js";
import { nameOf, weightText } from "../labels.js";

/** A text of the catalogue. @param {Words} words @param {string} key "surfaces.bowl.name" @param {Record<string, string | number>} [values] */
export function say(words, key, values = {}) {
  /** @type {string | Words} */ let found = words;
  for (const part of key.split(".")) found = typeof found === "string" ? found : (found[part] ?? key);
  return String(found).replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
}

/** A coordinate as it is read: three places are finer than a hand. @param {number} value */
export function placeText(value) {
  if (Math.abs(value) >= 1e5) return weightText(Number(value.toPrecision(4)));
  const text = value.toFixed(3).replace(/\.?0+$/, "");
  return (Number(text) === 0 ? "0" : text).replace("-", "−");
}

/**
 * How things stand with one at the step that is shown: never what is still to come.
 * @param {DescentState} state @param {RacePath} path @returns {{kind: "start" | "way" | "arrived" | "diverged" | "stuck" | "late", text: string}}
 */
export function standing(state, path) {
  const { words, step } = state;
  const { rows, ended, arrived, valley } = path;
  if (step >= rows.length) return { kind: "diverged", text: say(words, "diverged", { step: rows.length }) };
  if (arrived !== null && valley !== null && step >= arrived) {
    return { kind: "arrived", text: arrival(state, valley, arrived) };
  }
  if (step === 0) return { kind: "start", text: say(words, "at_start") };
  if (step < lastStep(state)) return { kind: "way", text: say(words, "on_the_way") };
  if (ended === "stuck") return { kind: "stuck", text: say(words, "stuck") };
  return { kind: "late", text: say(words, "not_there", { steps: step }) };
}

/** Of several valleys it is said which. @param {DescentState} state @param {number} valley @param {number} step */
function arrival(state, valley, step) {
  const { minima = [] } = groundOf(state) ?? {};
  const [x, y] = (minima[valley] ?? []).map(placeText);
  return say(state.words, minima.length > 1 ? "arrived_at" : "arrived", { x, y, step });
}

/** What somebody who does not see the page has to hear. @param {DescentState} state */
export function announcement(state) {
  const { words, settings, playing, dragging, step } = state;
  if (!settings || !state.race || dragging) return "";
  if (playing) return say(words, "say_playing");
  const [x, y] = settings.start.map(placeText);
  if (step === 0) return say(words, "say_start", { x, y });
  const told = pathsOf(state).map((path) => ({ name: nameOf(path.optimizer), kind: standing(state, path).kind }));
  const sentences = ["arrived", "diverged", "stuck"].map((kind) => {
    const names = told.filter((one) => one.kind === kind).map(({ name }) => name);
    return names.length ? say(words, `say_${kind}`, { names: names.join(", ") }) : "";
  });
  return [say(words, "say_step", { step, steps: lastStep(state) }), ...sentences].filter(Boolean).join(" ");
}

/** What the contours are called for those who do not see them. @param {DescentState} state */
export function contourLabel({ words, settings }) {
  const [x, y] = (settings?.start ?? [0, 0]).map(placeText);
  return say(words, "contour_label", { x, y });
}
