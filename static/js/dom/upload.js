/**
 * The only module that names XMLHttpRequest, because it alone tells how much of a file has gone.
 * @import { ToldTable } from "../types"
 */

/** @typedef {{progress: (sent: number) => void, told: (told: ToldTable) => void, refused: (message: string) => void}} Listener */

const LOST = "The server could not be reached; nothing was changed. Try again in a moment.";

/** @param {string} url @param {Record<string, string>} headers @param {Blob} file @param {Listener} listener @returns {() => void} what leaves it off */
export function upload(url, headers, file, { progress, told, refused }) {
  const request = new XMLHttpRequest();
  request.open("POST", url);
  request.setRequestHeader("Content-Type", "application/octet-stream");
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.upload.addEventListener("progress", ({ loaded }) => progress(loaded));
  request.addEventListener("load", () => {
    const answer = parsed(request.responseText);
    if (request.status === 201 && answer) told(answer);
    else refused(answer?.message ?? LOST);
  });
  request.addEventListener("error", () => refused(LOST));
  request.send(file);
  return () => request.abort();
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
