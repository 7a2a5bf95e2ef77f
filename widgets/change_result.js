/**
 * How a group changed: the two means, and the mean change with how unsure it is. The wide
 * interval around the dot is what one sees first; there are no bars to be proud of.
 */

import { fill, make } from "./elements.js";
import { shape } from "./shapes.js";
import { drawTwoDots, mark, placeOf } from "./two_dots.js";

const WAY_SIGNS = { up: "up", same: "level", down: "down" };
const REASONS = ["politeness", "yardstick", "regression", "dropout", "same_day", "self_report"];

/**
 * @typedef {Record<string, string>} Words
 * @typedef {(row: any, cell: any, words: Words) => string} Count says a count, or why it is hidden
 */

/** How many went which way; "" when nearly all went the same way. @param {any} row @param {Words} words @param {Count} count */
function waysText(row, words, count) {
  if (row.almost_all_same) return words.change_one_way;
  const cells = row.cells.map((/** @type {any} */ cell) => [cell.key, count(row, cell, words)]);
  return fill(words.change_ways, Object.fromEntries(cells));
}

/** All that the drawing says, in words. @param {any} row @param {Words} words @param {Count} count */
function sentences(row, words, count) {
  const { change } = row;
  const numbers = fill(words.change_text, { ...change, ...change.said });
  return {
    numbers: `${numbers} ${waysText(row, words, count)}`,
    zero: change.has_zero ? words.change_zero : "",
    effect: change.said.g ? fill(words.change_effect, change.said) : "",
  };
}

/** The means of the group, then and now. @param {any} change @param {Words} words */
function means(change, words) {
  const said = { before: `${words.change_before} ${change.said.before}`, now: `${words.change_now} ${change.said.after}` };
  const line = drawTwoDots({ before: change.before, now: change.after, from: change.from, to: change.to, said });
  return make("div", { class: "wb-change-part" }, make("p", { class: "wb-change-caption" }, words.change_means), line);
}

/** The mean change on a line around zero, in its interval. @param {any} change @param {Words} words */
function interval(change, words) {
  const { low, high, mean, limit, said } = change;
  const at = (/** @type {number} */ number) => placeOf(number, -limit, limit);
  const line = make(
    "div",
    { class: "wb-line wb-line-change", "aria-hidden": "true" },
    make("span", { class: "wb-line-rule" }),
    make("span", { class: "wb-interval", style: `${at(low)}; inline-size: ${((high - low) / (2 * limit)) * 100}%` }),
    make("span", { class: "wb-zero", style: at(0) }),
    make("span", { class: "wb-tick", style: at(-limit) }, `−${said.limit}`),
    make("span", { class: "wb-tick wb-tick-zero", style: at(0) }, `0 (${words.change_none})`),
    make("span", { class: "wb-tick", style: at(limit) }, `+${said.limit}`),
    make("span", { class: "wb-dot wb-dot-now", style: at(mean) }),
    mark("start", at(low), said.low),
    mark("end", at(high), said.high),
  );
  return make("div", { class: "wb-change-part" }, make("p", { class: "wb-change-caption" }, words.change_mean), line);
}

/** @param {any} row @param {Words} words @param {Count} count */
function ways(row, words, count) {
  if (row.almost_all_same) return make("p", { class: "wb-ways" }, words.change_one_way);
  const items = row.cells.map((/** @type {any} */ cell) => make("li", {}, shape(WAY_SIGNS[/** @type {"up"} */ (cell.key)]), make("b", {}, count(row, cell, words)), ` ${cell.label}`));
  return make("ul", { class: "wb-ways", "aria-hidden": "true" }, items);
}

/** The same numbers, to read one by one. @param {any} row @param {Words} words @param {Count} count */
function numbersTable(row, words, count) {
  const { said } = row.change;
  const lines = [
    [`${words.change_means}: ${words.change_before}`, said.before],
    [`${words.change_means}: ${words.change_now}`, said.after],
    [words.change_mean, `${said.mean} (${said.low} … ${said.high})`],
    ...(row.almost_all_same ? [] : row.cells.map((/** @type {any} */ cell) => [cell.label, count(row, cell, words)])),
  ];
  const head = make("thead", {}, make("tr", {}, make("th", { scope: "col" }, words.statement), make("th", { scope: "col" }, words.change_number)));
  const body = lines.map(([name, number]) => make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, number)));
  return make("details", { class: "wb-change-table" }, make("summary", {}, words.change_table), make("table", {}, make("caption", {}, row.label), head, make("tbody", {}, body)));
}

/** @param {any} row @param {Words} words @param {Count} count @param {boolean} hasTitle */
function drawGroup(row, words, count, hasTitle) {
  const title = hasTitle && make("p", { class: "wb-row-label" }, row.label);
  if (!row.change) return make("li", { class: "wb-change-row" }, title, make("p", { class: "wb-same" }, words.change_hidden));
  const { numbers, zero, effect } = sentences(row, words, count);
  const label = [row.label, fill(words.change_group, row.change.said), numbers, zero].filter(Boolean).join(" ");
  const drawing = make("div", { class: "wb-change-drawing", role: "img", "aria-label": label }, means(row.change, words), interval(row.change, words));
  const text = make("p", { class: "wb-change-text" }, `${numbers} ${words.change_cause}`);
  return make("li", { class: "wb-change-row" }, title, drawing, ways(row, words, count), zero && make("p", { class: "wb-change-zero" }, zero), text, effect && make("p", { class: "wb-small wb-change-effect" }, effect), numbersTable(row, words, count));
}

/** What speaks against believing the numbers; it is always there. @param {Words} words */
function misleading(words) {
  const reasons = REASONS.map((reason) => {
    const [name, ...rest] = words[`misleading_${reason}`].split(":");
    return make("li", {}, make("strong", {}, `${name}:`), rest.join(":"));
  });
  return make("aside", { class: "wb-misleading" }, make("p", { class: "wb-misleading-title" }, words.misleading), make("ul", {}, reasons));
}

/**
 * Draws how a group changed; the place needs the classes of change_result.css.
 * @param {{ rows: any[] }} result
 * @param {Words} words the section `result` of the interface words
 * @param {Count} count
 * @returns {HTMLElement}
 */
export function drawChange({ rows }, words, count) {
  const lines = rows.map((row) => drawGroup(row, words, count, rows.length > 1));
  return make("figure", { class: "wb-result wb-change" }, make("figcaption", { class: "wb-result-title" }, words.change_title), make("ol", { class: "wb-changes" }, lines), misleading(words));
}
