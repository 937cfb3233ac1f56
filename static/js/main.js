/**
 * Puts the page together: actions into the store, commands to the server, the parts in their row, and what the address says.
 * @import { Command, SchemaFile } from "./types"
 * @import { Buttons, Desk } from "./dom/parts.js"
 */
import { connect } from "./connection.js";
import { keepAddress } from "./dom/address.js";
import { listenToButtons, pageButtons, present } from "./dom/buttons.js";
import { remembering } from "./dom/canvas.js";
import { createDiagram } from "./dom/diagram.js";
import { element } from "./dom/element.js";
import { beginAgain, opening, tellOpening } from "./dom/opening.js";
import { createPage } from "./dom/page.js";
import { listenToTheme, readPalette, watchTheme } from "./dom/palette.js";
import { PARTS } from "./dom/parts.js";
import { patchChildren } from "./dom/patch.js";
import { createRestriction } from "./dom/restrict.js";
import { keep, keepLooks, kept, keptLooks, lessonOfPage, restoring, sessionOf, toLooks, toStored } from "./keep.js";
import { ASKING, INITIAL, reduce } from "./state.js";
import { complaint, lockedText, parseLink, refusalOf } from "./state/link.js";
import { createStore } from "./store.js";
import { keysView } from "./views/keys.js";
import { tablesOf } from "./views/picture.js";

const KEEP_PAUSE = 300;

const store = createStore(reduce, INITIAL);
const stored = lessonOfPage() === null ? toStored : sessionOf;
/** What was kept when the page was opened; points by hand are put back once, into a session begun anew. */
const opened = await opening(kept());
const restored = { stored: opened.stored, keeping: 0 };
if (restored.stored) store.dispatch({ type: "session", session: restored.stored.session });
const looks = keptLooks();
if (looks) {
  store.dispatch({ type: "charts", change: looks.charts });
  store.dispatch({ type: "edges", mode: looks.mode });
}

const connection = connect(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`, {
  stored: () => (restored.stored = stored(store.get()) ?? restored.stored),
  frame: (frame) => store.dispatch({ type: "frame", frame }),
  lost: (text, final) => store.dispatch({ type: "connection", connection: final ? "closed" : "lost", text }),
  waiting: (retry) => store.dispatch({ type: "keeping", change: { retry } }),
  message(message) {
    store.dispatch({ type: "message", message });
    if (message.type === "welcome" && !message.resumed && opened.remembered) return beginAgain();
    if (message.type === "welcome" && !message.resumed && restored.stored) restoring(restored.stored).forEach(transmit);
  },
});

/** What a hand asks for, unless the link has locked it. @param {Command} command */
function send(command) {
  const lock = refusalOf(store.get().link, command);
  if (lock === null) return transmit(command);
  store.dispatch({ type: "notice", notice: { kind: "info", about: "link", text: lockedText(store.get().link, lock) } });
}

/** @param {Command} command */
function transmit(command) {
  const sent = { ...command, id: store.get().nextId };
  if (connection.send(sent)) store.dispatch({ type: "sent", command: sent });
  else store.dispatch({ type: "unsent", command });
}

/** What the page itself has to ask for now. */
function ask() {
  for (const next of ASKING) {
    const command = next(store.get());
    if (command) transmit(command);
  }
}

/** Drawn frames are the credit for the next ones. */
function shown() {
  for (const number of store.get().unacknowledged) connection.send({ type: "ack", number });
  store.dispatch({ type: "drawn" });
}

function keepSoon() {
  clearTimeout(restored.keeping);
  restored.keeping = window.setTimeout(keepNow, KEEP_PAUSE);
}

function keepNow() {
  keep(stored(store.get()));
  keepLooks(toLooks(store.get()));
}

const restrict = createRestriction(document.body);
const tables = remembering(tablesOf);
const diagram = createDiagram(element("diagram"), tables);
const page = createPage(store, diagram, tables, { ask, shown });
/** @type {Desk} */
const desk = { store, send, diagram };
/** @type {Buttons} */
const buttons = { ...pageButtons(desk), reconnect: () => connection.retry() };
for (const create of PARTS) {
  const part = create(desk);
  if (!part) continue;
  Object.assign(buttons, part.buttons);
  if (part.render) page.add(part);
}
listenToButtons(desk, buttons);
window.addEventListener("pagehide", keepNow);
store.subscribe(keepSoon);
if (lessonOfPage() === null) keepAddress(store);

const link = parseLink(location.search);
store.dispatch({ type: "link", link });
restrict(link);
page.add({ render: (state) => restrict(state.link) });
patchChildren(element("keys"), keysView());
present(desk, link.present);
listenToTheme(/** @type {HTMLSelectElement} */ (element("button-theme")));
watchTheme(() => store.dispatch({ type: "palette", palette: readPalette() }));
store.dispatch({ type: "palette", palette: readPalette() });

const answer = await fetch("/api/schema");
const schema = /** @type {SchemaFile} */ (await answer.json());
store.dispatch({ type: "schema", schema });
const strange = complaint(link, schema.experiment);
if (strange) store.dispatch({ type: "notice", notice: { kind: "warning", about: "link", text: strange } });
tellOpening(store, opened);
