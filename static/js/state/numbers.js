/** Numbers as text that keeps every bit. */

const BYTES = 8;

/** Base64 of little-endian float64. @param {ArrayLike<number>} numbers */
export function bytesOfNumbers(numbers) {
  const view = new DataView(new ArrayBuffer(numbers.length * BYTES));
  for (let at = 0; at < numbers.length; at += 1) view.setFloat64(at * BYTES, numbers[at], true);
  return base64(new Uint8Array(view.buffer));
}

/** @param {Uint8Array} bytes */
export function base64(bytes) {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
