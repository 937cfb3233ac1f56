import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { test } from "node:test";

const ROOT = new URL("../../static/js/", import.meta.url);
const FILES = readdirSync(ROOT, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
/** Lowest first; a module imports from its own layer or from a lower one. */
const LAYERS = [
  ["wire.js"],
  ["state/", "state.js"],
  ["store.js", "keep.js"],
  ["views/"],
  ["dom/", "connection.js"],
  ["main.js", "descent.js", "theme.js", "api.js", "lessons/"],
];

/** @param {string} name */
const source = (name) => readFileSync(new URL(name, ROOT), "utf8");
/** @param {string} name */
const layerOf = (name) =>
  LAYERS.findIndex((layer) => layer.some((part) => name === part || (part.endsWith("/") && name.startsWith(part))));
/** Code without its comments. @param {string} name */
const code = (name) => source(name).replace(/\/\*[\s\S]*?\*\//g, "");
/** @param {string} word */
const naming = (word) => FILES.filter((name) => new RegExp(`\\b${word}\\b`).test(code(name)));

for (const name of FILES) {
  test(`${name} imports downwards only`, () => {
    assert.notEqual(layerOf(name), -1, `${name} has no place among the layers`);
    for (const [, path] of code(name).matchAll(/from "(\.[^"]+)"/g)) {
      const target = posix.join(posix.dirname(name), path);
      assert.ok(layerOf(target) <= layerOf(name), `${name} imports ${target}, which lies above it`);
    }
  });
}

test("only two modules name Plotly, a page each, and only connection.js names WebSocket", () => {
  assert.deepEqual(naming("Plotly").sort(), ["dom/descent/plots.js", "dom/plot.js"]);
  assert.deepEqual(naming("WebSocket"), ["connection.js"]);
});

test("state and views know no page", () => {
  const pure = FILES.filter((name) => layerOf(name) <= 1 || name.startsWith("views/"));
  for (const word of ["document", "window", "localStorage", "fetch", "requestAnimationFrame"]) {
    assert.deepEqual(
      naming(word).filter((name) => pure.includes(name)),
      [],
      word,
    );
  }
});
