/**
 * Marks as small pictures, painted once each: filling and stroking hundreds of curves in every frame costs ten times as much
 * as copying them. They are set on whole pixels of the screen, so that they stay sharp.
 */

/** More kinds than a board of classes has. */
const MOST = 500;

export function createSprites() {
  /** @type {Map<string, HTMLCanvasElement>} */
  const kept = new Map();
  /** What all of them were painted with. @type {readonly unknown[]} */
  let made = [];

  return {
    /** Before a picture is drawn: marks that were painted with something else are forgotten. @param {readonly unknown[]} needs */
    begin(needs) {
      const now = [...needs, window.devicePixelRatio];
      if (kept.size > MOST || now.some((need, row) => need !== made[row])) kept.clear();
      made = now;
    },
    /**
     * @param {CanvasRenderingContext2D} context @param {readonly [number, number]} at in CSS pixels
     * @param {string} kind what tells marks apart @param {number} reach of a mark, in CSS pixels around its middle
     * @param {(context: CanvasRenderingContext2D) => void} paint a mark of this kind around 0, 0
     */
    draw(context, [x, y], kind, reach, paint) {
      const ratio = window.devicePixelRatio || 1;
      const half = Math.ceil(reach * ratio);
      const found = kept.get(kind) ?? painted(half, ratio, paint);
      kept.set(kind, found);
      const whole = (/** @type {number} */ place) => (Math.round(place * ratio) - half) / ratio;
      context.drawImage(found, whole(x), whole(y), (2 * half) / ratio, (2 * half) / ratio);
    },
  };
}

/** @param {number} half in pixels of the screen @param {number} ratio @param {(context: CanvasRenderingContext2D) => void} paint */
function painted(half, ratio, paint) {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [2 * half, 2 * half];
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.setTransform(ratio, 0, 0, ratio, half, half);
  paint(context);
  return canvas;
}
