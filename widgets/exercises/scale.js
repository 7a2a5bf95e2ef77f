/** A battery of five-point statements on one screen. */

import { fill, make, setText, uniqueId } from "../elements.js";
import { frame } from "../frame.js";
import { drawTwoDots } from "../two_dots.js";

/** @typedef {import("../frame.js").Sheet} Sheet */

/** The meaning of the numbers, that stays in sight while one scrolls. @param {any[]} points */
function pointsKey(points) {
  const numbers = points.filter((point) => typeof point.key === "number");
  const items = numbers.map((point) => make("li", {}, make("b", {}, String(point.key)), " ", make("span", {}, point.label)));
  return make("ol", { class: "wb-points-key", "aria-hidden": "true" }, items);
}

/** One statement with its radio buttons. @param {Sheet} sheet @param {any} field @param {number} number @param {() => void} onChoice */
function item(sheet, field, number, onChoice) {
  const name = uniqueId(field.key);
  const chosen = make("span", { class: "wb-chosen", "aria-hidden": "true" });
  const { points } = sheet.exercise();
  const radios = points.map((/** @type {any} */ point) => make("input", { type: "radio", name, value: point.key, onchange: () => choose(point.key) }));
  const labels = points.map((/** @type {any} */ point, /** @type {number} */ index) => {
    const isNumber = typeof point.key === "number";
    const words = [isNumber ? make("b", {}, String(point.key)) : null, make("span", { class: isNumber ? "wb-point-words" : "" }, isNumber ? ` ${point.label}` : point.label)];
    return make("label", { class: `wb-point${isNumber ? "" : " wb-dont-know"}` }, radios[index], words);
  });
  const row = make("div", { class: "wb-point-row" }, labels.filter((/** @type {any} */ label) => !label.classList.contains("wb-dont-know")));
  const under = make("div", { class: "wb-point-under" }, labels.filter((/** @type {any} */ label) => label.classList.contains("wb-dont-know")), chosen);
  const element = make("fieldset", { class: "wb-item" }, make("legend", {}, make("span", { class: "wb-item-number" }, `${number}.`), " ", field.label), make("div", { class: "wb-scale-points" }, row, under));

  function choose(/** @type {number | string} */ key) {
    sheet.write({ [field.key]: key }, true);
    update();
    onChoice();
  }

  function update() {
    const value = sheet.answer()[field.key];
    radios.forEach((/** @type {any} */ radio, /** @type {number} */ index) => (radio.checked = points[index].key === value));
    const point = points.find((/** @type {any} */ one) => one.key === value);
    setText(chosen, point && typeof point.key === "number" ? `${point.key} · ${point.label}` : "");
    element.classList.toggle("wb-answered", Boolean(point));
  }

  return { element, update };
}

/** Asked again: then and now for each part. That going down is normal comes first. @param {any[]} pairs @param {Record<string, string>} words */
function ownPairs(pairs, words) {
  const rows = pairs.map(({ label, before, now, text }) => make("li", {}, make("p", {}, make("strong", {}, label), ": ", text), drawTwoDots({ before, now, from: 1, to: 5 })));
  return [make("p", { class: "wb-note" }, words.normal), make("ol", {}, rows)];
}

/** @param {Sheet} sheet */
function draw(sheet) {
  const { fields, points, note } = sheet.exercise();
  const words = sheet.words.scale;
  const progress = make("p", { class: "wb-progress", role: "status" });
  const meter = make("span", { class: "wb-meter", "aria-hidden": "true" }, make("span", {}));
  const own = make("div", { class: "wb-own-pairs", hidden: true });
  const items = fields.map((/** @type {any} */ field, /** @type {number} */ index) => item(sheet, field, index + 1, count));

  function count() {
    const answer = sheet.answer();
    const done = fields.filter((/** @type {any} */ field) => answer[field.key] !== undefined).length;
    setText(progress, fill(words.progress, { done, all: fields.length }));
    meter.firstElementChild.style.inlineSize = `${(100 * done) / fields.length}%`;
  }

  function update() {
    for (const one of items) one.update();
    const { pairs } = sheet.feedback();
    own.hidden = !pairs;
    own.replaceChildren(...(pairs ? ownPairs(pairs, words) : []));
    count();
  }

  update();
  const top = make("div", { class: "wb-sticky" }, pointsKey(points), make("div", { class: "wb-progress-line" }, progress, meter));
  return { element: make("div", { class: "wb-scale" }, top, items.map((/** @type {any} */ one) => one.element), make("p", { class: "wb-small" }, note), own), update };
}

export default frame(draw);
