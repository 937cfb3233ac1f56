/**
 * Words about saved experiments: a title that suggests itself, figures and times at a readable length, values of settings.
 * @import { Json, JsonObject, LayerSpec, SavedFigures, State } from "../types"
 * @import { Difference } from "../state/differences.js"
 */
import { countText, lossText, nameOf, scoreText, typed } from "./labels.js";

/** What the present experiment may be called: its data, its network and how well it does. @param {State} state */
export function suggestedTitle(state) {
  const { server, frame, bring } = state;
  if (!server) return "";
  const { data, network } = server.spec;
  const table = data.source === "table" ? (bring.used?.title ?? nameOf(data.table?.name ?? "")) : nameOf(data.source);
  const units = network.layers.map((layer) => layer.units).join("-");
  const kinds = [...new Set(network.layers.map(({ activation }) => nameOf(activation)))];
  const shape = units ? [units, kinds.length > 1 ? "mixed" : kinds[0]] : ["no hidden layers"];
  const score = server.step ? (frame?.now.test_score ?? frame?.now.train_score) : null;
  const longest = state.schema?.bounds.title;
  return [table, ...shape, ...scoreWords(score, server.task !== "regression")].join(", ").slice(0, longest);
}

/** @param {number | null | undefined} score @param {boolean} classes */
function scoreWords(score, classes) {
  if (score === null || score === undefined || !Number.isFinite(score)) return [];
  return [classes ? `${Math.round(100 * score)} %` : `R² ${score.toFixed(2).replace("-", "−")}`];
}

/** What a card says of how it stood. @param {SavedFigures} figures @returns {string[]} */
export function figureWords(figures) {
  const classes = figures.task !== "regression";
  const word = classes ? "accuracy" : "R²";
  const part = figures.test_loss === null ? "Training" : "Test";
  const [loss, score] = part === "Test" ? [figures.test_loss, figures.test_score] : [figures.train_loss, figures.train_score];
  return [`${part} ${word} ${scoreText(score, classes)}, loss ${lossText(loss)}`, `Epoch ${countText(figures.epoch)}, step ${countText(figures.step)}`];
}

/** What two experiments are compared by. @param {SavedFigures} figures @param {boolean} validated whether one of the two has a validation part @returns {[string, string][]} title and text */
export function allFigures(figures, validated) {
  const classes = figures.task !== "regression";
  const word = classes ? "accuracy" : "R²";
  /** @type {[string, string][]} */
  const [loss, score] = [
    ["Validation loss", lossText(figures.validation_loss)],
    [`Validation ${word}`, scoreText(figures.validation_score, classes)],
  ];
  return [
    ["Epoch", countText(figures.epoch)],
    ["Step", countText(figures.step)],
    ["Training loss", lossText(figures.train_loss)],
    ...(validated ? [loss] : []),
    ["Test loss", lossText(figures.test_loss)],
    [`Training ${word}`, scoreText(figures.train_score, classes)],
    ...(validated ? [score] : []),
    [`Test ${word}`, scoreText(figures.test_score, classes)],
    ["Parameters", countText(figures.parameters)],
    ["Points", countText(figures.points)],
  ];
}

/** @param {number} seconds since 1970 @param {string} [zone] the reader's own where none is given */
export function timeText(seconds, zone) {
  const format = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: zone });
  return format.format(new Date(seconds * 1000));
}

/** What a setting is in one of two experiments. @param {Difference} difference @param {Json} value @returns {string} */
export function settingText({ path, choice }, value) {
  const name = String(path.at(-1));
  if (value === null || value === "") return "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return typed(value);
  if (typeof value === "string") return isUploaded(value) ? "own table" : choice || name === "table" ? nameOf(value) : value;
  if (!Array.isArray(value)) return fieldsText(/** @type {JsonObject} */ (value));
  if (name === "layers") return layersText(/** @type {LayerSpec[]} */ (/** @type {unknown} */ (value)));
  return listText(value);
}

/** @param {string} value */
function isUploaded(value) {
  return /^t-[0-9a-f]{16}$/.test(value);
}

/** @param {readonly LayerSpec[]} layers */
function layersText(layers) {
  return layers.map(layerText).join(", ") || "none";
}

/** @param {LayerSpec} layer */
function layerText({ units, activation, dropout, batch_norm: norm, initializer }) {
  const more = [dropout ? `dropout ${typed(dropout)}` : "", norm ? "batch norm" : "", initializer ? nameOf(initializer) : ""].filter(Boolean);
  return `${units} ${nameOf(activation)}${more.length ? ` (${more.join(", ")})` : ""}`;
}

/** Words and numbers one by one; of anything else how many there are. @param {readonly Json[]} values */
function listText(values) {
  if (values.every((value) => typeof value === "string")) return values.map((value) => nameOf(String(value))).join(", ") || "none";
  if (values.every((value) => typeof value === "number")) return values.map((value) => typed(Number(value))).join(", ") || "none";
  return countText(values.length);
}

/** @param {JsonObject} value */
function fieldsText(value) {
  const words = Object.entries(value).map(([name, field]) => `${nameOf(name).toLowerCase()} ${field === true ? "yes" : field === false ? "no" : field}`);
  return words.join(", ");
}
