/**
 * Words and numbers for people: names of the vocabulary as they are written in class, figures at a readable length.
 */

/**
 * Where the plain rule (underscores to spaces, first letter large) would be wrong.
 * @type {Record<string, string>}
 */
const NAMES = {
  xor: "XOR",
  gauss: "Two clouds",
  spirals: "Spiral arms",
  absolute: "Absolute value",
  gate_and: "AND gate",
  gate_or: "OR gate",
  gate_nand: "NAND gate",
  gate_xor: "XOR gate",
  gate_not: "NOT gate",
  multi_gauss: "Hills",
  points: "Own points",
  table: "Real data",
  curve_sine: "Noisy sine",
  curve_cubic: "Cubic curve",
  curve_step: "Step curve",
  drop: "Leave the row out",
  mean: "Fill with the mean",
  median: "Fill with the median",
  most_frequent: "Fill with the most frequent",
  min_max: "Min–max, 0 to 1",
  x1: "x₁",
  x2: "x₂",
  "x1^2": "x₁²",
  "x2^2": "x₂²",
  "x1*x2": "x₁x₂",
  "sin(x1)": "sin x₁",
  "sin(x2)": "sin x₂",
  "cos(x1)": "cos x₁",
  "cos(x2)": "cos x₂",
  radius: "r",
  tanh: "tanh",
  relu: "ReLU",
  leaky_relu: "Leaky ReLU",
  elu: "ELU",
  silu: "SiLU",
  gelu: "GELU",
  sgd: "SGD",
  rmsprop: "RMSprop",
  adamw: "AdamW",
  fan_in: "Fan-in",
  xavier_uniform: "Xavier uniform",
  xavier_normal: "Xavier normal",
  he_uniform: "He uniform",
  he_normal: "He normal",
  inverse_sqrt: "1 / √n",
  inverse_time: "1 / n",
  cross_entropy: "Cross-entropy",
  binary_cross_entropy: "Log-loss",
  mean_squared_error: "Mean squared",
  half_squared_error: "Half squared",
  mean_absolute_error: "Mean absolute",
  global_norm: "By norm",
  value: "By value",
  auto: "Auto",
};

/** @param {string} name of the vocabulary */
export function nameOf(name) {
  const plain = name.replaceAll("_", " ");
  return NAMES[name] ?? plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** @param {number} value */
export function typed(value) {
  const short = Number(value.toPrecision(12));
  return Math.abs(short) >= 1e-6 && Math.abs(short) < 1e-3
    ? String(short.toFixed(10)).replace(/0+$/, "")
    : String(short);
}

/** @param {number | null | undefined} loss */
export function lossText(loss) {
  if (loss === null || loss === undefined || Number.isNaN(loss)) return "–";
  if (loss >= 1000 || (loss > 0 && loss < 1e-5)) return loss.toExponential(1).replace("-", "−");
  if (loss > 0 && loss < 0.001) return loss.toFixed(5);
  return loss >= 10 ? loss.toFixed(1) : loss.toFixed(3);
}

/** @param {number | null | undefined} score @param {boolean} classes accuracy, else R squared */
export function scoreText(score, classes) {
  if (score === null || score === undefined || Number.isNaN(score)) return "–";
  if (classes) return `${(100 * score).toFixed(1)} %`;
  return (score <= -1000 ? score.toExponential(1) : score.toFixed(score <= -10 ? 1 : 3)).replaceAll("-", "−");
}

/** @param {number} count thousands set apart by a thin space */
export function countText(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, " ");
}

/** @param {number | null | undefined} rate */
export function rateText(rate) {
  return rate === null || rate === undefined ? "–" : typed(Number(rate.toPrecision(3)));
}

/** A weight, gradient or update to four digits. @param {number | null | undefined} value */
export function weightText(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  const short = size !== 0 && (size < 1e-4 || size >= 1e5) ? value.toExponential(2) : String(Number(value.toPrecision(4)));
  return short.replaceAll("-", "−");
}

/** A unit's value in a few letters. @param {number} value */
export function valueText(value) {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  const short = value.toFixed(digits);
  return (Number(short) === 0 ? short.replace("-", "") : short).replace("-", "−");
}

/** Any number to three digits, for places that are narrow. @param {number | null | undefined} value */
export function shortText(value) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e4)) return value.toExponential(1).replaceAll("-", "−");
  return String(Number(value.toPrecision(3))).replace("-", "−");
}
