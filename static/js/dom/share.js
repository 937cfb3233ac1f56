/**
 * Hands on the dialog "Share": builds the link that is wanted, copies it, opens one that was pasted.
 * @import { Store } from "../store.js"
 * @import { BuiltLink, State } from "../types"
 */
import { LONGEST, OURS, payloadOf, SAVED, uploadedTable } from "../state/address.js";
import { placeOf } from "../state/share.js";
import { whenClosed } from "./element.js";
import { codeOf, keepLink } from "./linkstore.js";
import { homePath } from "./opening.js";
import { pack } from "./packing.js";

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/** @param {HTMLDialogElement} sheet @param {Store} store */
export function createShare(sheet, store) {
  const change = (/** @type {Partial<State["share"]>} */ changed) => store.dispatch({ type: "share", change: changed });
  /** What the link was last built from. @type {unknown[]} */
  let seen = [];

  /** The newest link that is wanted; one that was asked for before comes to nothing. @param {boolean} keep for good */
  async function build(keep) {
    const asked = (seen = shareInputs(store.get()));
    const built = await builtLink(store.get(), keep);
    if (asked !== seen || !built) return null;
    change({ built, rows: null, said: "" });
    const most = store.get().schema?.bounds.code_address ?? 0;
    if (built.address && built.address.length <= most) {
      const rows = await codeOf(built.address);
      if (asked === seen) change({ rows });
    }
    return built;
  }

  async function copy() {
    const wanted = build(true);
    const said = await copied(sheet, wanted);
    change({ said });
  }

  /** @param {SubmitEvent} event */
  function open(event) {
    event.preventDefault();
    const place = placeOf(store.get().share.pasted, location.origin);
    if (!place) return change({ error: "This is no link to an experiment: it has no # with settings after it." });
    sheet.close();
    location.assign(place);
  }

  sheet.addEventListener("click", ({ target }) => target === sheet && sheet.close());
  whenClosed(sheet, () => change({ open: false }));
  sheet.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.dataset.share) change({ [target.dataset.share]: target.checked });
  });
  sheet.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLInputElement && target.dataset.sharePasted !== undefined) change({ pasted: target.value, error: null });
  });
  sheet.addEventListener("submit", open);
  sheet.addEventListener("focusin", ({ target }) => target instanceof HTMLInputElement && target.readOnly && target.select());
  return {
    buttons: {
      share: () => {
        change({ open: true, built: null, rows: null, said: "", pasted: "", error: null });
        sheet.showModal();
      },
      "share-copy": () => void copy(),
    },
    render(/** @type {State} */ state) {
      if (!state.share.open || state.drag) return;
      const inputs = shareInputs(state);
      if (inputs.some((input, row) => input !== seen[row])) void build(false);
    },
  };
}

/** The weights of a run that goes on are those of the moment, so they are none of it. @param {State} state */
function shareInputs({ share, session, schema, server, points }) {
  return [share.open, share.weights, share.short, session, schema, server?.spec, server?.edited, server?.step, points];
}

/** @param {State} state @param {boolean} keep @returns {Promise<BuiltLink | null>} null while nothing is known */
async function builtLink(state, keep) {
  const payload = payloadOf(state, state.share.weights);
  if (!payload) return null;
  const text = await pack(payload);
  const table = uploadedTable(state) !== null;
  const about = {
    points: payload.points?.length ?? 0,
    weights: payload.weights ? (state.server?.parameters ?? 0) : 0,
    local: LOOPBACK.includes(location.hostname),
    refused: null,
  };
  if (table && !keep) return { ...about, address: null };
  if (!table && !state.share.short && text.length <= LONGEST) return { ...about, address: addressOf(`${OURS}${text}`) };
  const { id, refused } = await keepLink(text, keep, state.session ?? "");
  return { ...about, address: id === null ? null : addressOf(`${SAVED}${id}`), refused };
}

/** With what the page hides and locks, but not in presenter mode, which is for the one who shares. @param {string} hash */
function addressOf(hash) {
  const url = new URL(homePath(), location.href);
  if (url.searchParams.has("present")) url.searchParams.delete("present");
  url.hash = hash;
  return url.href.replaceAll("%2C", ",");
}

/**
 * Puts the link on the clipboard, and says in words what came of it. Without a clipboard (a page from another computer without
 * encryption has none) the field is chosen, to be copied by hand.
 * @param {HTMLElement} sheet @param {Promise<BuiltLink | null>} wanted
 */
async function copied(sheet, wanted) {
  const built = await wanted;
  if (!built?.address) return built?.refused ? "" : "The link could not be made yet; try again in a moment.";
  try {
    await navigator.clipboard.writeText(built.address);
    return "Copied.";
  } catch {
    const field = /** @type {HTMLInputElement | null} */ (sheet.querySelector("#share-address"));
    field?.focus();
    field?.select();
    return document.execCommand("copy") ? "Copied." : "The browser does not let the page copy. The link is chosen: press Ctrl C.";
  }
}
