/** Canvases that are as sharp as the screen, and small pictures waiting to be drawn large. */

/**
 * The drawing context of a canvas with as many pixels as the screen has under it, in CSS pixels; `data-ratio` says how many
 * pixels of a canvas that is not for the screen.
 * @param {HTMLCanvasElement} canvas
 * @param {number} width
 * @param {number} height
 */
export function sharpContext(canvas, width, height) {
  const ratio = Number(canvas.dataset.ratio) || window.devicePixelRatio || 1;
  const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== wide || canvas.height !== high) [canvas.width, canvas.height] = [wide, high];
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

/**
 * The same, for what lies inside of the axes alone, until `restore`.
 * @param {HTMLCanvasElement} canvas @param {{x: number, y: number, width: number, height: number}} area @param {number} size of the square
 */
export function contextInside(canvas, { x, y, width, height }, size) {
  const context = sharpContext(canvas, size, size);
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  return context;
}

/**
 * `make` that remembers its last answer: colour tables are made once for a palette, not once for a frame.
 * @template A, B
 * @param {(of: A) => B} make
 * @returns {(of: A) => B}
 */
export function remembering(make) {
  /** @type {{of: A, made: B} | null} */
  let last = null;
  return (of) => {
    if (!last || last.of !== of) last = { of, made: make(of) };
    return last.made;
  };
}

/** A picture of cells that is written as pixels and drawn as an image. */
export class Raster {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.context = /** @type {CanvasRenderingContext2D} */ (
      this.canvas.getContext("2d", { willReadFrequently: true })
    );
    this.image = this.context.createImageData(1, 1);
    this.pixels = new Uint32Array(this.image.data.buffer);
  }

  /** @param {number} width @param {number} height @param {(pixels: Uint32Array) => void} paint */
  write(width, height, paint) {
    if (this.canvas.width !== width || this.canvas.height !== height) {
      [this.canvas.width, this.canvas.height] = [width, height];
      this.image = this.context.createImageData(width, height);
      this.pixels = new Uint32Array(this.image.data.buffer);
    }
    paint(this.pixels);
    this.context.putImageData(this.image, 0, 0);
  }
}
