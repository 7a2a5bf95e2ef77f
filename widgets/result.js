/**
 * The group result: bars with a shape, a pattern and words, and the same as a table for who cannot see them.
 */

import { drawChange } from "./change_result.js";
import { fill, make } from "./elements.js";
import { shape } from "./shapes.js";

/**
 * @typedef {{ key: string, label: string, count: number | null, share: number | null, group?: string | null, right?: boolean }} Cell
 * @typedef {{ key: string, label: string, n: number, cells: Cell[], almost_all_same: boolean, some_hidden?: boolean, apart?: boolean, rows?: Row[], change?: any, said?: string, mean?: any }} Row
 * @typedef {{ kind: "bars" | "stacked" | "change", n: number, rows: Row[], left_out: number }} Result
 */

/** How many answers stand in hidden cells. @param {Row} row */
const restOf = (row) => row.n - row.cells.reduce((sum, cell) => sum + (cell.count ?? 0), 0);

/** @param {Row} row */
const isAllHidden = (row) => row.cells.every((cell) => cell.count === null);

/** A cell may be hidden to guard another one, and is not small then; beside cells of another whole nobody knows. @param {Row} row @param {Record<string, string>} words */
const hiddenText = (row, words) => (restOf(row) <= 2 && !row.apart ? words.hidden : words.shielded);

/** @param {Row} row @param {Cell} cell @param {Record<string, string>} words */
const countText = (row, cell, words) => (cell.count === null ? hiddenText(row, words) : String(cell.count));

/** The same for who cannot see the sign of the answer that the explanation gives. @param {Row} row @param {Cell} cell @param {Record<string, string>} words */
const spokenText = (row, cell, words) => countText(row, cell, words) + (cell.right ? ` (${words.right})` : "");

/** What is said in place of numbers; "" where there are numbers. @param {Row} row @param {Record<string, string>} words */
function sentenceOf(row, words) {
  if (row.said) return row.said;
  if (row.almost_all_same) return words.almost_all_same;
  return isAllHidden(row) ? words.all_hidden : "";
}

/** @param {Cell} cell @param {number} index */
const groupOf = (cell, index) => cell.group ?? `option-${index}`;

/** The numbers as a table, for a screen reader. @param {Row[]} rows @param {Record<string, string>} words */
function table(rows, words) {
  const head = make("tr", {}, make("th", { scope: "col" }, words.statement), rows[0].cells.map((cell) => make("th", { scope: "col" }, cell.label)));
  const lines = rows.map((row) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, row.label),
      sentenceOf(row, words)
        ? make("td", { colspan: Math.max(row.cells.length, 1) }, sentenceOf(row, words))
        : row.cells.map((cell) => make("td", {}, spokenText(row, cell, words))),
    ),
  );
  const numbers = make("table", {}, make("caption", {}, words.table), make("thead", {}, head), make("tbody", {}, lines));
  return make("div", {}, numbers);
}

/** The numbers of every row that holds some, as tables. @param {Row[]} rows @param {Record<string, string>} words */
export const tables = (rows, words) => alike(leaves(rows)).map((group) => table(group, words));

/** One line per option. @param {Row} row @param {Record<string, string>} words */
function bars(row, words) {
  const lines = row.cells.map((cell, index) =>
    make(
      "li",
      { class: "wb-bar", "data-group": groupOf(cell, index) },
      make("span", { class: "wb-bar-label" }, shape(cell.group ?? ""), cell.label, cell.right && `(${words.right})`),
      cell.count !== null && make("span", { class: "wb-bar-track" }, make("span", { class: "wb-bar-fill", style: `inline-size: ${(cell.share ?? 0) * 100}%` })),
      make("span", { class: cell.count === null ? "wb-bar-hidden" : "wb-bar-count" }, countText(row, cell, words)),
    ),
  );
  return make("ul", { class: "wb-bars" }, lines);
}

/** One bar for all options; what is hidden is one grey part. @param {Row} row @param {Record<string, string>} words */
function stack(row, words) {
  const known = row.cells.filter((cell) => cell.count);
  const rest = restOf(row);
  const parts = known.map((cell) =>
    make("span", { class: "wb-part", "data-group": groupOf(cell, row.cells.indexOf(cell)), style: `flex-grow: ${cell.count}` }, make("span", { class: "wb-part-words" }, shape(cell.group ?? ""), String(cell.count), cell.right && shape("right"))),
  );
  if (rest > 0) parts.push(make("span", { class: "wb-part", "data-group": "hidden", style: `flex-grow: ${rest}` }, hiddenText(row, words)));
  return make("div", { class: "wb-stack" }, parts);
}

/** The rows that hold numbers: a row of rows holds none itself. @param {Row[]} rows */
const leaves = (rows) => rows.flatMap((row) => (row.rows?.length ? row.rows : [row]));

/** Rows with the same options that follow each other share a table. @param {Row[]} rows */
function alike(rows) {
  const keys = (/** @type {Row} */ row) => row.cells.map((cell) => cell.key).join();
  /** @type {Row[][]} */
  const groups = [];
  for (const row of rows) {
    const last = groups[groups.length - 1];
    if (last && keys(last[0]) === keys(row)) last.push(row);
    else groups.push([row]);
  }
  return groups;
}

/** Bars about the same thing, close together. @param {Row[]} rows @param {Record<string, string>} words */
const pairs = (rows, words) => make("ol", { class: "wb-pairs" }, rows.map((row) => drawRow(row, "bars", words, true)));

/** @param {Row} row @param {string} kind @param {Record<string, string>} words @param {boolean} hasTitle */
function drawRow(row, kind, words, hasTitle) {
  const sentence = sentenceOf(row, words);
  const drawn = () => (kind === "stacked" ? stack(row, words) : bars(row, words));
  const picture = row.rows?.length ? pairs(row.rows, words) : sentence ? make("p", { class: "wb-same" }, sentence) : drawn();
  return make("li", { class: "wb-row" }, hasTitle && make("p", { class: "wb-row-label" }, row.label), picture, (!sentence || row.rows?.length) && row.some_hidden && make("p", { class: "wb-small" }, words.some_hidden), row.mean && make("p", { class: "wb-small" }, fill(words.mean_told, row.mean.said)));
}

/** @param {Row} row @param {Record<string, string>} words */
function legend(row, words) {
  const items = row.cells.map((cell, index) => make("li", { "data-group": groupOf(cell, index) }, shape(cell.group ?? ""), cell.label));
  const right = row.cells.some((cell) => cell.right) && make("li", {}, shape("right"), words.right);
  return make("ul", { class: "wb-legend", "aria-hidden": "true" }, items, right);
}

/**
 * Draws a labelled group result; the place needs the classes of frame.css.
 * @param {Result} result
 * @param {Record<string, string>} words the section `result` of the interface words
 * @returns {HTMLElement}
 */
export function drawResult(result, words) {
  const { rows, kind } = result;
  if (kind === "change" && rows.length) return drawChange(result, words, countText);
  const isStacked = kind === "stacked";
  const drawn = make("ol", { class: "wb-rows", "aria-hidden": "true" }, rows.map((row) => drawRow(row, kind, words, isStacked || rows.length > 1)));
  const count = make("p", { class: "wb-small" }, fill(words.n, { n: result.n }));
  const heading = make("figcaption", { class: "wb-result-title" }, words.title);
  if (!rows.length) return make("figure", { class: "wb-result" }, heading, make("p", {}, words.too_few));
  return make("figure", { class: "wb-result" }, heading, count, isStacked && legend(rows[0], words), [drawn, make("div", { class: "wb-unseen" }, tables(rows, words))]);
}
