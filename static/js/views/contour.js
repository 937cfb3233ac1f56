/**
 * The line on which a value plane crosses its middle, by marching squares, and the borders between classes: segments in cell
 * units, bottom row first.
 */

const MIDDLE = 127.5;

/**
 * @param {Uint8Array} plane (side x side)
 * @param {number} side
 * @returns {Float32Array} x1, y1, x2, y2 of each segment, cell centres at whole numbers
 */
export function contourOf(plane, side) {
  /** @type {number[]} */
  const segments = [];
  for (let y = 0; y < side - 1; y++) {
    for (let x = 0; x < side - 1; x++) {
      // No array for the four: this runs ten thousand times a frame.
      const at = y * side + x;
      const a = plane[at];
      const b = plane[at + 1];
      const c = plane[at + side + 1];
      const d = plane[at + side];
      const over = a > MIDDLE;
      if (over !== b > MIDDLE || over !== c > MIDDLE || over !== d > MIDDLE) addCrossings(segments, x, y, a, b, c, d);
    }
  }
  return Float32Array.from(segments);
}

/**
 * Corners counter-clockwise from the lower left.
 * @param {number[]} segments
 * @param {number} x
 * @param {number} y
 * @param {number} a
 * @param {number} b
 * @param {number} c
 * @param {number} d
 */
function addCrossings(segments, x, y, a, b, c, d) {
  /** @type {number[]} */
  const found = [];
  if (a > MIDDLE !== b > MIDDLE) found.push(x + share(a, b), y);
  if (b > MIDDLE !== c > MIDDLE) found.push(x + 1, y + share(b, c));
  if (c > MIDDLE !== d > MIDDLE) found.push(x + share(d, c), y + 1);
  if (d > MIDDLE !== a > MIDDLE) found.push(x, y + share(a, d));
  segments.push(...found);
}

/** @param {number} from @param {number} to */
function share(from, to) {
  return (MIDDLE - from) / (to - from);
}

/**
 * The borders between the cells' classes: through the middle between two neighbours of different classes, and where three or
 * more meet, to the middle of the four.
 * @param {Uint8Array} plane (side x side) class of each cell
 * @param {number} side
 * @returns {Float32Array} x1, y1, x2, y2 of each segment, cell centres at whole numbers
 */
export function bordersOf(plane, side) {
  /** @type {number[]} */
  const segments = [];
  for (let y = 0; y < side - 1; y++) {
    for (let x = 0; x < side - 1; x++) {
      const at = y * side + x;
      const a = plane[at];
      const b = plane[at + 1];
      const c = plane[at + side + 1];
      const d = plane[at + side];
      if (a !== b || b !== c || c !== d) addBorder(segments, x, y, a, b, c, d);
    }
  }
  return Float32Array.from(segments);
}

/**
 * Corners counter-clockwise from the lower left.
 * @param {number[]} segments
 * @param {number} x
 * @param {number} y
 * @param {number} a
 * @param {number} b
 * @param {number} c
 * @param {number} d
 */
function addBorder(segments, x, y, a, b, c, d) {
  const crossings = [
    ...(a !== b ? [[x + 0.5, y]] : []),
    ...(b !== c ? [[x + 1, y + 0.5]] : []),
    ...(c !== d ? [[x + 0.5, y + 1]] : []),
    ...(d !== a ? [[x, y + 0.5]] : []),
  ];
  if (crossings.length === 2) segments.push(...crossings[0], ...crossings[1]);
  else for (const crossing of crossings) segments.push(...crossing, x + 0.5, y + 0.5);
}
