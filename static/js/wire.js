/**
 * Bytes and text from the server as typed values: safetensors frames without copying, JSON messages.
 * Knows no socket and no state; docs/protocol.md says what each field means.
 * @import { FeatureMaps, Frame, ServerMessage, Tensor } from "./types"
 */

const VIEWS = { U8: Uint8Array, F32: Float32Array, F64: Float64Array };
const utf8 = new TextDecoder();

/** The oldest and only protocol that this page speaks. */
export const PROTOCOL = 1;

/**
 * One safetensors file: its metadata, and every array by name.
 * @param {ArrayBuffer} buffer throws RangeError when it is cut short
 * @returns {{metadata: Record<string, string>, tensors: Record<string, Tensor<Uint8Array | Float32Array | Float64Array>>}}
 */
function readFile(buffer) {
  const size = Number(new DataView(buffer).getBigUint64(0, true));
  const { __metadata__: metadata, ...entries } = JSON.parse(utf8.decode(new Uint8Array(buffer, 8, size)));
  for (const name in entries) entries[name] = readTensor(buffer, 8 + size, entries[name]);
  return { metadata, tensors: entries };
}

/** @param {ArrayBuffer} buffer one safetensors file @returns {Frame} throws RangeError when it is cut short */
export function decodeFrame(buffer) {
  const { metadata, tensors } = readFile(buffer);
  return { ...JSON.parse(metadata.frame), ...tensors };
}

/** The inputs' pictures. @param {ArrayBuffer} buffer `GET /api/feature-maps` @returns {FeatureMaps} */
export function decodeFeatures(buffer) {
  const { metadata, tensors } = readFile(buffer);
  const { maps, ranges } = /** @type {any} */ (tensors);
  return { names: JSON.parse(metadata.features), extent: JSON.parse(metadata.extent), centre: JSON.parse(metadata.centre), maps, ranges };
}

/**
 * @param {ArrayBuffer} buffer
 * @param {number} start where the arrays begin
 * @param {{dtype: keyof typeof VIEWS, shape: number[], data_offsets: [number, number]}} entry
 * @returns {Tensor<Uint8Array | Float32Array | Float64Array>}
 */
function readTensor(buffer, start, { dtype, shape, data_offsets: [low, high] }) {
  const View = VIEWS[dtype];
  const bytes = View.BYTES_PER_ELEMENT;
  const aligned = (start + low) % bytes === 0;
  const source = aligned ? buffer : buffer.slice(start + low, start + high);
  return { shape, values: new View(source, aligned ? start + low : 0, (high - low) / bytes) };
}

/** @param {string} text @returns {ServerMessage} */
export function parseMessage(text) {
  return JSON.parse(text);
}
