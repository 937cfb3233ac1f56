import assert from "node:assert/strict";
import { test } from "node:test";
import { keysOf, SHORTCUTS, shortcutFor } from "../../static/js/state/shortcuts.js";
import { keysView } from "../../static/js/views/keys.js";

/** @param {string} key @param {object} [more] */
const pressed = (key, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more });

test("a key finds its row, whatever its case", () => {
  assert.equal(shortcutFor(pressed(" "))?.action, "play");
  assert.equal(shortcutFor(pressed("S"))?.action, "step");
  assert.equal(shortcutFor(pressed("?", { shiftKey: true }))?.action, "shortcuts");
  assert.equal(shortcutFor(pressed("?"))?.action, "shortcuts");
  assert.equal(shortcutFor(pressed("7"))?.action, "point");
  assert.equal(shortcutFor(pressed("q")), null);
});

test("Ctrl, Command and Alt make other keys of them", () => {
  assert.equal(shortcutFor(pressed("s", { ctrlKey: true })), null);
  assert.equal(shortcutFor(pressed("r", { metaKey: true })), null);
  assert.equal(shortcutFor(pressed("p", { altKey: true })), null);
  const rows = [
    { keys: ["z"], ctrl: true, shift: false, action: "undo", group: "g", words: "w" },
    { keys: ["z"], ctrl: true, shift: true, action: "redo", group: "g", words: "w" },
  ];
  assert.equal(shortcutFor(pressed("z", { metaKey: true }), rows)?.action, "undo");
  assert.equal(shortcutFor(pressed("Z", { ctrlKey: true, shiftKey: true }), rows)?.action, "redo");
  assert.deepEqual(keysOf(rows[1]), ["Ctrl", "Shift", "Z"]);
});

test("no two rows want the same key", () => {
  const wanted = SHORTCUTS.flatMap(({ keys, ctrl, shift }) => keys.map((key) => `${ctrl ?? false} ${shift ?? ""} ${key}`));
  assert.deepEqual(wanted, [...new Set(wanted)]);
});

test("every row has words and keys to show, and somebody who hears it", () => {
  for (const row of SHORTCUTS) {
    assert.ok(row.words && row.group && keysOf(row).length, JSON.stringify(row));
    assert.ok(row.action || row.where, JSON.stringify(row));
  }
});

test("the sheet has every row of the table under its group", () => {
  const text = JSON.stringify(keysView());
  for (const { words, group } of SHORTCUTS) assert.ok(text.includes(JSON.stringify(words)) && text.includes(`"${group}"`), words);
  assert.equal(keysView().length, new Set(SHORTCUTS.map(({ group }) => group)).size);
});
