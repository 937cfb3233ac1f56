/**
 * Hands on the dialog "Take it home": what the server offers is asked for once, each file when its button is pressed. The
 * session's key goes in a header; what comes is handed to the browser to be saved, and never shown.
 * @import { Store } from "../store.js"
 * @import { State, TakeHomeState } from "../types"
 */
import { queryOf, stemOf } from "../state/takehome.js";
import { whenClosed } from "./element.js";
import { keyed } from "./fetched.js";

const PLACE = "/api/session/exports";
/** Milliseconds after which the browser has taken what it was given. */
const TAKEN = 60_000;

/** @param {HTMLDialogElement} sheet @param {Store} store */
export function createTakeHome(sheet, store) {
  const change = (/** @type {Partial<TakeHomeState>} */ changed) => store.dispatch({ type: "take-home", change: changed });

  async function load() {
    const answer = await asked(store.get(), PLACE);
    if (answer.ok) change({ offers: await answer.ok.json(), errors: {} });
    else change({ errors: { list: answer.refused } });
  }

  /** @param {string} kind */
  async function take(kind) {
    if (store.get().takeHome.busy.includes(kind)) return;
    store.dispatch({ type: "take-begun", kind });
    const made = await (kind === "svg" || kind === "png" ? ofPage(store.get(), kind) : ofServer(store.get(), kind));
    if ("refused" in made) return store.dispatch({ type: "take-done", kind, error: made.refused });
    save(made.blob, made.name);
    store.dispatch({ type: "take-done", kind, said: `${made.name} is saved.` });
  }

  sheet.addEventListener("click", ({ target }) => target === sheet && sheet.close());
  whenClosed(sheet, () => change({ open: false }));
  sheet.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
    const { takeColours, takeKind, takeOption } = target.dataset;
    if (takeColours) change({ colours: /** @type {TakeHomeState["colours"]} */ (takeColours) });
    if (takeKind && takeOption) store.dispatch({ type: "take-option", kind: takeKind, name: takeOption, value: target.value });
  });
  return {
    buttons: {
      "take-home": () => {
        change({ open: true, errors: {}, said: "" });
        sheet.showModal();
        drawing().catch(() => {}); // tried again when it is needed
        if (!store.get().takeHome.offers) void load();
      },
      take: (/** @type {HTMLElement} */ { dataset }) => void take(dataset.take ?? ""),
    },
  };
}

/** What draws the page comes when the dialog is first opened: few need it, and nobody at once. */
function drawing() {
  return import("./export.js");
}

/** @typedef {{blob: Blob, name: string} | {refused: string}} Made */

/** What the page makes itself. @param {State} state @param {"svg" | "png"} kind @returns {Promise<Made>} */
async function ofPage(state, kind) {
  try {
    const { asPng, pageSvg } = await drawing();
    const svg = pageSvg(state, state.takeHome.colours);
    const blob = kind === "svg" ? new Blob([svg], { type: "image/svg+xml" }) : await asPng(svg);
    return { blob, name: `${stemOf(state)}.${kind}` };
  } catch {
    return { refused: "The picture could not be made. Try again in a moment." };
  }
}

/** @param {State} state @param {string} kind @returns {Promise<Made>} */
async function ofServer(state, kind) {
  const { ok, refused } = await asked(state, `${PLACE}/${kind}${queryOf(state, kind)}`);
  if (!ok) return { refused };
  try {
    return { blob: await ok.blob(), name: nameIn(ok.headers.get("Content-Disposition") ?? "", kind) };
  } catch {
    return { refused: UNREACHED };
  }
}

const UNREACHED = "The server could not be reached. Try again in a moment.";

/** The server's answer, or why there is none, in words. @param {State} state @param {string} url @returns {Promise<{ok: Response, refused: ""} | {ok: null, refused: string}>} */
async function asked(state, url) {
  try {
    const answer = await fetch(url, { headers: keyed(state) });
    if (answer.ok) return { ok: answer, refused: "" };
    const { message } = await answer.json();
    return { ok: null, refused: typeof message === "string" ? sentence(message) : UNREACHED };
  } catch {
    return { ok: null, refused: UNREACHED };
  }
}

/** @param {string} words */
function sentence(words) {
  const first = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

/** The file's name as RFC 5987 writes it. @param {string} disposition @param {string} kind */
function nameIn(disposition, kind) {
  const found = /filename\*=UTF-8''([^;]+)/i.exec(disposition);
  try {
    return found ? decodeURIComponent(found[1]) : kind;
  } catch {
    return kind;
  }
}

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), TAKEN);
}
