/**
 * The tab of the regularisation bench: what to try, how far it is, what came of it in words, pictures and a table.
 * @import { BenchResult, Child, State } from "../types"
 */
import { benchCommand, benchHindrance, isBenching } from "../state/bench.js";
import { dotView, epochsViews, figuresOf, JUDGED, lineClass, sizesView, trainingsOf } from "./benchpicture.js";
import { helpButton } from "./help.js";
import { countText } from "./labels.js";
import { h } from "./tree.js";

/** Only while the tab is open. @param {State} state */
const isOpen = ({ drawer }) => drawer.tab === "bench";

/** What the tab is drawn again for. @param {State} state @returns {unknown[]} */
export function benchNeeds(state) {
  const { server, points, schema, connection, bench } = state;
  return isOpen(state) ? [bench, connection, schema, points, server?.phase, server?.preparation, server?.task, server?.spec] : [null];
}

/** @param {State} state @returns {Child[]} */
export function benchView(state) {
  if (!isOpen(state)) return [];
  const { told } = state.bench;
  return [h("div.bench", {}, h("section.bench__ask", { "aria-label": "Regularisation bench" }, formView(state), standView(state)), told?.results.length ? shownView(state) : introView())];
}

function introView() {
  return h(
    "p.bench__intro",
    {},
    "Trains this network from the same first weights, those that Reset goes back to, on few training points and on many, and judges each on the same test points. Where penalties, weight decay or dropout are set, it trains without them too. The run itself stays as it is.",
  );
}

/** @param {State} state */
function formView(state) {
  const { sizes, epochs } = benchCommand(state);
  const hindrance = benchHindrance(state);
  return h(
    "form.bench__form",
    { id: "bench-form" },
    fieldView(state, "sizes", "Training points", sizes, { placeholder: "five sizes up to all", inputmode: "text" }),
    fieldView(state, "epochs", "Epochs", epochs, { inputmode: "numeric" }),
    startView(state, hindrance),
    helpButton("bench", "Regularisation bench"),
    hindrance ? h("p.bench__reason", { id: "bench-reason" }, hindrance) : null,
  );
}

/** @param {State} state @param {"sizes" | "epochs"} name @param {string} label @param {string | null} problem @param {object} more */
function fieldView({ bench, connection }, name, label, problem, more) {
  const id = `bench-${name}`;
  const attrs = {
    id,
    type: "text",
    autocomplete: "off",
    spellcheck: "false",
    value: bench[name],
    "data-bench": name,
    disabled: connection !== "open",
    "aria-invalid": problem ? "true" : null,
    "aria-describedby": problem ? `${id}-error` : null,
    ...more,
  };
  return h("div.bench__field", { key: name, class: `bench__field--${name}` }, h("label", { for: id }, label), h("input.text", attrs), problem ? h("p.field__error", { id: `${id}-error`, role: "status" }, problem) : null);
}

/** @param {State} state @param {string | null} hindrance */
function startView(state, hindrance) {
  if (isBenching(state)) return h("button.button.bench__go", { key: "stop", type: "button", id: "button-bench-stop", "data-action": "pause" }, "Stop");
  const off = hindrance !== null || benchCommand(state).command === null || state.connection !== "open" || state.bench.inFlight !== null;
  const attrs = { key: "start", type: "submit", id: "button-bench", disabled: off, "aria-describedby": hindrance ? "bench-reason" : null };
  return h("button.button.bench__go.bench__go--start", attrs, "Start");
}

/** How far it is and what it shows; a live region that is there before it says anything. @param {State} state */
function standView(state) {
  const { told, stale } = state.bench;
  if (!told) return h("div.bench__stand", { role: "status" });
  const done = told.results.length;
  const working = isBenching(state);
  const from = told.brought ? ", each from the weights that were brought" : "";
  const word = told.done ? `${countText(done)} trainings of ${countText(told.epochs)} epochs${from}.` : `${countText(done)} of ${countText(told.total)} trainings${from}${working ? " …" : ", then it was stopped."}`;
  return h(
    "div.bench__stand",
    { role: "status" },
    told.done ? null : h("progress.bench__progress", { max: told.total, value: done, "aria-label": "Trainings done" }),
    h("p.bench__count", {}, word),
    stale ? h("p.bench__stale", {}, "Points or settings have changed since.") : null,
    told.text ? h("p.bench__reading", {}, told.text) : null,
  );
}

/** @param {State} state */
function shownView(state) {
  return h(
    "div.bench__shown",
    { "data-stale": String(state.bench.stale) },
    h("div.bench__sizes", {}, headView(state), sizesView(state, state.bench.told?.text ?? "")),
    h("div.bench__epochs", {}, h("h3.bench__title", {}, "Loss over the epochs"), h("div.bench__row", {}, epochsViews(state)), tableView(state)),
  );
}

/** Which figure, and what the lines mean. @param {State} state */
function headView(state) {
  const { measure, told } = state.bench;
  const score = told?.task === "regression" ? "R²" : "Accuracy";
  const tab = (/** @type {"loss" | "score"} */ name, /** @type {string} */ word) =>
    h("button", { type: "button", "aria-pressed": String(name === measure), "data-bench-measure": name, "data-reads": "true" }, word);
  const both = told?.results.some(({ regularised }) => !regularised) ?? false;
  return h(
    "div.bench__head",
    {},
    h("div.segmented.bench__measure", { role: "group", "aria-label": "Which figure" }, tab("loss", "Loss"), tab("score", score)),
    h("ul.bench__key", {}, JUDGED.map((part) => keyView(part)), both ? plainKeyView() : null),
  );
}

/** @param {"train" | "test"} part */
function keyView(part) {
  return h("li", {}, sampleView(h("path", { class: lineClass(part, true), d: "M0 5H30" }), dotView(part, 15, 5)), part === "train" ? "training" : "test");
}

/** Of either colour. */
function plainKeyView() {
  return h("li", {}, sampleView(h("path.bench__line.bench__line--plain.bench__line--either", { d: "M0 5H30" })), "without regularisation");
}

/** @param {...Child} marks */
function sampleView(...marks) {
  return h("svg.bench__sample", { viewBox: "0 0 30 10", "aria-hidden": "true" }, marks);
}

/** The same in numbers. @param {State} state */
function tableView(state) {
  const results = state.bench.told?.results ?? [];
  const both = results.some(({ regularised }) => !regularised);
  const score = state.bench.told?.task === "regression" ? "R²" : "accuracy";
  const heads = ["Training points", ...(both ? ["Regularisation"] : []), "Training loss", `Training ${score}`, "Test loss", `Test ${score}`];
  const rows = [true, false].flatMap((regularised) => trainingsOf(results, regularised)).sort((one, other) => one.size - other.size);
  return h(
    "details.bench__numbers",
    {},
    h("summary", {}, "Numbers"),
    h(
      "table.bench__table",
      { id: "bench-table" },
      h("caption.sr", {}, "Each training of the bench, fewest points first"),
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, rows.map((result) => rowView(state, result, both))),
    ),
  );
}

/** @param {State} state @param {BenchResult} result @param {boolean} both */
function rowView(state, result, both) {
  const figures = JUDGED.flatMap((part) => figuresOf(state, result, part));
  const words = [...(both ? [result.regularised ? "with" : "without"] : []), ...figures];
  return h(
    "tr",
    { key: `${result.size}-${result.regularised}` },
    h("th", { scope: "row" }, countText(result.size), result.diverged ? " (diverged)" : null),
    words.map((word) => h("td", {}, word)),
  );
}

/** "3/10" while it works, for the tab. @param {State} state */
export function benchProgress(state) {
  const { told } = state.bench;
  return isBenching(state) && told ? `${told.results.length}/${told.total}` : null;
}
