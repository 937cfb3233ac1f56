/**
 * Puts the read-out beside the pointer and the editor beside the weight that it is about, both inside the window. The page is
 * measured only when one of them opens or moves to another weight.
 * @import { State } from "../types"
 * @import { Diagram } from "./diagram.js"
 */
import { sameWeight } from "../state/diagram.js";
import { shownWeight } from "../views/weight.js";

const AWAY = 16;
const EDGE = 8;

/**
 * @param {HTMLElement} root the diagram
 * @param {HTMLElement} readout follows the pointer in the window
 * @param {HTMLElement} editor stays with its panel, which it is a child of
 * @param {Diagram} diagram
 */
export function createBeside(root, readout, editor, diagram) {
  /** @type {import("../types").WeightRef | null} */ let told = null;
  /** @type {import("../types").WeightRef | null} */ let edited = null;
  root.addEventListener("pointermove", ({ clientX, clientY }) => putReadout(clientX, clientY));
  root.addEventListener("pointerdown", ({ clientX, clientY }) => putReadout(clientX, clientY));

  /** @param {number} x @param {number} y of the window */
  function putReadout(x, y) {
    const left = x + AWAY + 224 > window.innerWidth ? Math.max(EDGE, x - AWAY - 216) : x + AWAY;
    const top = y + AWAY + 124 > window.innerHeight ? y - AWAY - 116 : y + AWAY;
    readout.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  /** @param {import("../types").WeightRef} ref */
  function putEditor(ref) {
    const panel = /** @type {HTMLElement} */ (editor.parentElement).getBoundingClientRect();
    const picture = root.getBoundingClientRect();
    const { x, y } = diagram.spot(ref);
    const { width } = editor.getBoundingClientRect();
    const most = Math.min(panel.width, window.innerWidth - panel.left) - width - EDGE;
    const left = Math.max(EDGE, Math.min(most, picture.left - panel.left + x + AWAY));
    editor.style.left = `${Math.round(left)}px`;
    editor.style.top = `${Math.round(picture.top - panel.top + y + AWAY)}px`;
  }

  return {
    /** After both have been drawn. @param {State} state */
    place(state) {
      const ref = shownWeight(state);
      show(readout, ref !== null);
      if (ref && !state.diagram.hovered && !sameWeight(ref, told)) {
        const box = root.getBoundingClientRect();
        const { x, y } = diagram.spot(ref);
        putReadout(box.left + x, box.top + y);
      }
      told = ref;
      const open = state.diagram.editing?.ref ?? null;
      show(editor, open !== null);
      if (open && !sameWeight(open, edited)) {
        putEditor(open);
        focusNumber(editor);
      }
      edited = open;
    },
  };
}

/** Written only when it changes: the page looks at each attribute that is set. @param {HTMLElement} part @param {boolean} visible */
function show(part, visible) {
  if (part.hidden === visible) part.hidden = !visible;
}

/** A finger would be given a keyboard that covers the picture: it has the buttons. @param {HTMLElement} editor */
function focusNumber(editor) {
  const box = /** @type {HTMLInputElement | null} */ (editor.querySelector("#weight-value"));
  if (!box || matchMedia("(pointer: coarse)").matches) return;
  box.focus({ preventScroll: true });
  box.select();
}
