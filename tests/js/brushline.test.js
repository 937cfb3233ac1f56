import assert from "node:assert/strict";
import { test } from "node:test";

import { brushView } from "../../static/js/views/brush.js";
import { toolOptionsView } from "../../static/js/views/tools.js";
import { after, joined, SERVER, told } from "./helpers.js";

/** @import { Child, Node } from "../../static/js/types" */

/** @param {readonly Child[]} children @param {string} name @returns {Node[]} */
function classed(children, name) {
  return children.flatMap((child) => (typeof child === "string" ? [] : [...(String(child.attrs.class).split(" ").includes(name) ? [child] : []), ...classed(child.children, name)]));
}

/** @param {string[]} labels @param {string} source */
function withClasses(labels, source = "table") {
  const spec = { ...SERVER.spec, data: { ...SERVER.spec.data, source } };
  return after(joined(), told({ ...SERVER, spec, labels }));
}

/** The words of the labels, and whether they are said to be names. @param {import("../../static/js/types").State} state */
function shown(state) {
  const [labels] = classed(brushView(state), "brush__labels");
  return [Boolean(labels.attrs["data-names"]), ...classed([labels], "brush").map(({ children }) => /** @type {Node} */ (children[1]).children[0])];
}

test("labels are names where the classes have short ones, and say so to what lays them out", () => {
  assert.deepEqual(shown(withClasses(["no", "yes"])), [true, "no", "yes"]);
  assert.deepEqual(shown(withClasses(["a name of twenty chars", "another one of that length"])), [false, "0", "1"]);
  assert.deepEqual(shown(withClasses(["no", "yes"], "spiral")), [false, "0", "1"]);
});

test("of a button that moves chosen points the part alone can be shown", () => {
  const buttons = classed(toolOptionsView(after(joined(), { type: "select", ids: [0] })), "tools__part");
  assert.deepEqual(
    buttons.map(({ children }) => [/** @type {Node} */ (children[0]).children[0], children[1]]),
    [
      ["To ", "test"],
      ["To ", "training"],
    ],
  );
});
