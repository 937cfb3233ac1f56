/** How large a file is, for people. */

const MEGABYTE = 1_000_000;

/** @param {number} bytes */
export function bytesText(bytes) {
  if (bytes >= MEGABYTE) return `${Number((bytes / MEGABYTE).toPrecision(3))} MB`;
  return bytes >= 1000 ? `${Math.round(bytes / 1000)} kB` : `${bytes} bytes`;
}
