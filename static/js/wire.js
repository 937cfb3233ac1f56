/**
 * Bytes and text from the server as typed values: safetensors frames without copying, JSON messages.
 * Knows no socket and no state; docs/protocol.md says what each field means.
 * @import { Frame, ServerMessage, Tensor } from "./types"
 */

const VIEWS = { U8: Uint8Array, F32: Float32Array, F64: Float64Array };
const TENSORS = ["boundary", "maps", "map_ranges", "theta", "gradient", "predictions", "losses"];
const utf8 = new TextDecoder();

/** The oldest and only protocol that this page speaks. */
export const PROTOCOL = 1;

/** @param {ArrayBuffer} buffer one safetensors file @returns {Frame} throws RangeError when it is cut short */
export function decodeFrame(buffer) {
  const size = Number(new DataView(buffer).getBigUint64(0, true));
  const header = JSON.parse(utf8.decode(new Uint8Array(buffer, 8, size)));
  const frame = JSON.parse(header.__metadata__.frame);
  for (const name of TENSORS) frame[name] = readTensor(buffer, 8 + size, header[name]);
  return frame;
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
