/**
 * The words of the lessons' pages, as the server tells them (`GET /api/lessons/words`): no word of them stands in a script.
 * @import { LessonState } from "../types"
 */

/** @typedef {LessonState["words"]} Words nested tables of texts */

/** A word by its table and name, as "panel.check"; the name itself where the server has none. @param {Words} words @param {string} path */
export function word(words, path) {
  const [table, name] = path.split(".");
  return words[table]?.[name] ?? path;
}

/** The same with its places filled. @param {Words} words @param {string} path @param {Readonly<Record<string, string | number>>} values */
export function filled(words, path, values) {
  return word(words, path).replace(/\{(\w+)\}/g, (place, name) => (name in values ? String(values[name]) : place));
}

/** @type {Readonly<Record<string, string>>} */
const SIGNS = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", "#x27": "'" };

/** The letters of a piece of HTML, for where there can be nothing else. @param {string} html */
export function plain(html) {
  return html
    .replace(/<[^>]*>/g, "")
    .replace(/&(amp|lt|gt|quot|#39|#x27);/g, (_, name) => SIGNS[name])
    .replace(/\s+/g, " ")
    .trim();
}
