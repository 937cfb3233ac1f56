/**
 * Inputs that are the pixels of an image: which image the network sees, and what it reads. All numbers are the engine's.
 * @import { Frame, State } from "../types"
 */

/** How an image of the inputs is laid out; null where inputs are no pixels, or not all of them. @param {Pick<State, "server">} state */
export function imageOf({ server }) {
  const image = server?.image;
  return image && server.inputs?.length === image.width * image.height ? image : null;
}

/** How much ink is in each pixel, 0 to 1. @param {ArrayLike<number>} values raw @param {number} high the value of full ink */
export function inkOf(values, high) {
  return Array.from(values, (value) => Math.max(0, Math.min(1, value / high)));
}

/** Whether a frame shows what the network makes of a sample, not of a place of the board. @param {State} state */
export function seesSample({ frame, inspect }) {
  return inspect.sample !== null && frame !== null && frame.probe_at === null && frame.probe.values.length > 0;
}

/** The picture that the network sees as ink 0 to 1, its inputs mapped back to pixels; null while nothing is looked at. @param {State} state */
export function seenInk(state) {
  const { frame, server } = state;
  const image = imageOf(state);
  const seen = frame?.probe.values;
  if (!image || !seen?.length || seen.length <= (server?.inputs?.length ?? 0)) return null;
  return inkOf((server?.inputs ?? []).map(({ shift, scale }, row) => seen[row] * scale + shift), image.high);
}

/** The mean picture of the training part. @param {State} state */
export function meanInk(state) {
  const image = imageOf(state);
  return image ? inkOf((state.server?.inputs ?? []).map(({ middle }) => middle), image.high) : null;
}

/** What the outputs say of the sample: of classes a probability each, else null. @param {State} state @returns {readonly number[] | null} */
export function readingOf(state) {
  const { frame, server } = state;
  if (!seesSample(state) || server?.task !== "classification") return null;
  return probabilities([.../** @type {Frame} */ (frame).probe.values.slice(-(server.layers.at(-1)?.fan_out ?? 1))]);
}

/** One output speaks for class 1, and what is left for class 0. @param {readonly number[]} outputs */
export function probabilities(outputs) {
  return outputs.length === 1 ? [1 - outputs[0], outputs[0]] : outputs;
}

/** The place of the largest. @param {readonly number[]} values */
export function largestAt(values) {
  return values.reduce((best, value, row) => (value > values[best] ? row : best), 0);
}

/**
 * The weights of one unit of the first layer, one for each pixel.
 * @param {State} state @param {number} unit
 */
export function unitWeights({ frame, server }, unit) {
  const layer = server?.layers[0];
  if (!frame || !layer || unit >= layer.fan_out) return null;
  const from = layer.offset + unit * (layer.fan_in + 1);
  return frame.theta.values.subarray(from, from + layer.fan_in);
}

/** Whether the first hidden layer shows its weights as pictures. @param {Pick<State, "server">} state */
export function showsWeights({ server }) {
  return imageOf({ server }) !== null && (server?.layers.length ?? 0) > 1;
}

/** The largest weight of the first layer's pixels, without sign: the end of the colours of all its pictures. @param {State} state */
export function largestPixelWeight(state) {
  const { server } = state;
  let largest = 0;
  for (let unit = 0; unit < (server?.layers[0]?.fan_out ?? 0); unit++)
    for (const weight of unitWeights(state, unit) ?? []) largest = Math.max(largest, Math.abs(weight));
  return largest;
}
