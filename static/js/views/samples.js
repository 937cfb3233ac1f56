/**
 * The batch of a walked step: its size and loss, and its points to choose from.
 * @import { Batch, Child, State, Walk } from "../types"
 */
import { sampleProblem } from "../state/phaseview.js";
import { countText, lossText, rateText } from "./labels.js";
import { h } from "./tree.js";

/** Of more samples than these the ones with the largest losses are chips, and any is chosen by its place in the batch. */
const MOST_CHIPS = 40;
const LARGEST = 12;

/** @param {State} state @param {Walk} walk */
export function samplesView({ phaseview }, { sample, loss, step, rate }) {
  const { batch, typed } = phaseview;
  const { samples, losses } = batch;
  const at = samples.indexOf(Number(sample));
  const many = samples.length > MOST_CHIPS;
  const rows = many ? largest(losses) : samples.map((_, row) => row);
  const told = `point ${sample}, loss ${lossText(losses[at])}`;
  return h(
    "div.phases__batch",
    {},
    h("p.phases__facts", {}, `Step ${countText(step + 1)}: batch of ${countText(samples.length)}, loss ${lossText(loss)}, learning rate ${rateText(rate)}`),
    ...(many ? placeView(batch, typed, at, told) : [h("p.phases__facts", {}, `Sample ${at + 1} of ${samples.length}: ${told}`)]),
    many ? h("p.phases__facts", { id: "walk-largest" }, "Largest losses") : null,
    h(
      "div.phases__samples",
      { role: "group", "aria-label": many ? "Points with the largest losses" : "Points of the batch" },
      rows.map((row) => chipView(samples[row], losses[row], samples[row] === sample)),
    ),
  );
}

/** Any sample by its place in the batch. @param {Batch} batch @param {string | null} typed @param {number} at @param {string} told @returns {Child[]} */
function placeView({ samples }, typed, at, told) {
  const problem = typed === null ? null : sampleProblem(typed, samples.length);
  const attrs = {
    type: "text",
    inputmode: "numeric",
    autocomplete: "off",
    id: "walk-sample",
    value: typed ?? String(at + 1),
    "aria-label": `Sample, 1 to ${samples.length}`,
    "aria-invalid": problem ? "true" : null,
    "aria-describedby": problem ? "walk-sample-error" : null,
  };
  return [
    h("div.phases__place", {}, h("label", { for: "walk-sample" }, "Sample"), h("input.text", attrs), h("span", {}, `of ${countText(samples.length)}: ${told}`)),
    ...(problem ? [h("p.field__error", { id: "walk-sample-error", role: "status" }, problem)] : []),
  ];
}

/** The rows of the largest losses, largest first. @param {Batch["losses"]} losses */
function largest(losses) {
  const size = (/** @type {number} */ row) => losses[row] ?? Infinity;
  return losses.map((_, row) => row).sort((one, other) => size(other) - size(one)).slice(0, LARGEST);
}

/** @param {number} id @param {number | null} loss @param {boolean} chosen */
function chipView(id, loss, chosen) {
  const attrs = { type: "button", key: id, "data-walk": JSON.stringify({ sample: id }), "aria-pressed": String(chosen), title: `Point ${id}, loss ${lossText(loss)}` };
  return h("button.phases__sample", attrs, String(id));
}
