/**
 * What is taken home: which files there are, what is on its way, and what a picture of the page is called. Pure.
 * @import { Offer, State, TakeHomeState } from "../types"
 */

/** @type {TakeHomeState} */
const CLOSED = { open: false, offers: null, busy: [], errors: {}, said: "", colours: "light", options: {} };

/** What the page makes itself, as the server tells of its own. @type {readonly Offer[]} */
export const PAGE_OFFERS = [
  { kind: "png", group: "Pictures", title: "PNG picture", text: "The page as a PNG, twice as fine as a screen: for slides and documents.", heavy: false, options: [] },
  { kind: "svg", group: "Pictures", title: "SVG drawing", text: "The page as an SVG: sharp at any size, and every point and line can be edited.", heavy: false, options: [] },
];

/** The order of the groups. */
export const GROUPS = /** @type {const} */ (["Code", "Model", "Data", "Pictures", "Report"]);

/** @param {State} state @returns {[string, readonly Offer[]][]} every group with what there is of it */
export function grouped({ takeHome: { offers } }) {
  const all = [...PAGE_OFFERS, ...(offers ?? [])];
  const groups = GROUPS.map((group) => /** @type {[string, Offer[]]} */ ([group, all.filter((offer) => offer.group === group)]));
  return groups.filter(([, found]) => found.length);
}

/** The options that were changed, as an address has them. @param {State} state @param {string} kind */
export function queryOf({ takeHome: { options } }, kind) {
  const chosen = new URLSearchParams(options[kind] ?? {}).toString();
  return chosen ? `?${chosen}` : "";
}

/** A picture's file name without its ending, as the server names its own files (app/takeaway/naming.py). @param {State} state */
export function stemOf(state) {
  const layers = state.server?.spec.network.layers ?? [];
  const kinds = new Set(layers.map(({ activation }) => activation));
  const kind = kinds.size === 1 ? [...kinds] : kinds.size ? ["mixed"] : [];
  return [dataName(state), ...layers.map(({ units }) => String(units)), ...kind].map(plain).filter(Boolean).join("-") || "experiment";
}

/** @param {string} text */
function plain(text) {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60).replace(/^-+|-+$/g, "");
}

/** @param {State} state */
function dataName({ server, bring }) {
  const data = server?.spec.data;
  if (data?.source !== "table") return data?.source ?? "";
  return bring.used?.title ?? data.table?.name ?? "table";
}

/** @satisfies {import("../types").Slice} */
export const SLICE = {
  first: { takeHome: CLOSED },
  actions: {
    "take-home": (state, { change }) => ({ ...state, takeHome: { ...state.takeHome, ...change } }),
    "take-begun": (state, { kind }) => {
      const { [kind]: _, ...errors } = state.takeHome.errors;
      return { ...state, takeHome: { ...state.takeHome, busy: [...state.takeHome.busy, kind], errors, said: "" } };
    },
    "take-done": (state, { kind, said, error }) => {
      const { takeHome } = state;
      const errors = error ? { ...takeHome.errors, [kind]: error } : takeHome.errors;
      return { ...state, takeHome: { ...takeHome, busy: takeHome.busy.filter((one) => one !== kind), errors, said: said ?? takeHome.said } };
    },
    "take-option": (state, { kind, name, value }) => {
      const { options } = state.takeHome;
      return { ...state, takeHome: { ...state.takeHome, options: { ...options, [kind]: { ...options[kind], [name]: value } } } };
    },
  },
};
