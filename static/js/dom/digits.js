/**
 * Fills the canvases of the drawer with pictures: the pad with its strokes, the picture as the network sees it, and the
 * gallery's rows. What has not changed is not drawn again.
 * @import { Palette, State } from "../types"
 */
import { imageOf, inkOf, seenInk } from "../state/pixels.js";
import { sharpContext } from "./canvas.js";
import { paintInk } from "./pixels.js";

/** How thick the pen is, as a share of the pad. */
const PEN = 0.07;

export function createDigits() {
  /** What each canvas shows. @type {WeakMap<Element, readonly unknown[]>} */
  const shown = new WeakMap();
  const due = (/** @type {Element} */ canvas, /** @type {readonly unknown[]} */ needs) => {
    const before = shown.get(canvas);
    shown.set(canvas, needs);
    return !before || needs.some((need, row) => need !== before[row]);
  };
  return { render: (/** @type {State} */ state) => void (state.palette && render(state, state.palette, due)) };
}

/** @param {State} state @param {Palette} palette @param {(canvas: Element, needs: readonly unknown[]) => boolean} due */
function render(state, palette, due) {
  const { drawer, drawing, frame, gallery } = state;
  const image = imageOf(state);
  if (!image) return;
  if (drawer.tab === "drawing") {
    const [pad, seen] = ["drawing-pad", "drawing-seen"].map((id) => /** @type {HTMLCanvasElement | null} */ (document.getElementById(id)));
    if (pad && due(pad, [drawing.strokes, palette, pad.clientWidth, window.devicePixelRatio])) drawStrokes(pad, drawing.strokes, palette);
    if (seen && due(seen, [frame?.probe, state.inspect.sample === null, palette])) fill(seen, state.inspect.sample && seenInk(state), palette);
  }
  if (drawer.tab !== "results" || !gallery.shown) return;
  for (const canvas of document.querySelectorAll("canvas[data-digit]")) {
    const values = gallery.rows.get(Number(/** @type {HTMLElement} */ (canvas).dataset.digit));
    if (due(canvas, [values, palette])) fill(/** @type {HTMLCanvasElement} */ (canvas), values ? inkOf(values, image.high) : null, palette);
  }
}

/** @param {HTMLCanvasElement} pad @param {State["drawing"]["strokes"]} strokes @param {Palette} palette */
function drawStrokes(pad, strokes, palette) {
  const side = pad.clientWidth;
  const context = sharpContext(pad, side, side);
  context.strokeStyle = context.fillStyle = palette.ink;
  [context.lineWidth, context.lineCap, context.lineJoin] = [PEN * side, "round", "round"];
  for (const stroke of strokes) {
    context.beginPath();
    // A tap is a dot: a line of no length would not be drawn everywhere.
    stroke.forEach(([x, y], at) => (at ? context.lineTo(x * side, y * side) : context.moveTo(x * side, y * side + 0.01)));
    context.lineTo((stroke.at(-1)?.[0] ?? 0) * side, (stroke.at(-1)?.[1] ?? 0) * side);
    context.stroke();
  }
}

/**
 * One pixel of the canvas for each of the picture, ink on paper. @param {HTMLCanvasElement} canvas
 * @param {readonly number[] | null} ink 0 to 1, row by row from the top; null: nothing yet @param {Palette} palette
 */
function fill(canvas, ink, palette) {
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = context.createImageData(canvas.width, canvas.height);
  const blank = new Array(canvas.width * canvas.height).fill(0);
  paintInk(new Uint32Array(image.data.buffer), ink ?? blank, palette);
  context.putImageData(image, 0, 0);
}
