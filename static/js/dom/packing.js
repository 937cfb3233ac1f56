/**
 * A link's tree as text: a version, a full stop, and base64url of raw DEFLATE of JSON (docs/link.md).
 * @import { Payload } from "../types"
 */
import { VERSION } from "../state/address.js";
import { base64 } from "../state/numbers.js";

/** @param {Payload} payload */
export async function pack(payload) {
  const packing = new Blob([JSON.stringify(payload)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(packing).arrayBuffer());
  return `${VERSION}.${base64(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")}`;
}
