/**
 * The fields that exercises are made of: a text, one of several options, boxes to tick, points.
 */

import { counter } from "./counter.js";
import { fill, make, setAttribute, setText, uniqueId } from "./elements.js";
import { lintNote } from "./lints.js";

/** @typedef {import("./frame.js").Sheet} Sheet */

/** The text in a field, "" while it is too long to be kept. @param {Sheet} sheet @param {string} key */
export const ownText = (sheet, key) => (sheet.isHeld(key) ? "" : (sheet.answer()[key] ?? ""));

/**
 * A text of the participant's own. A text over its limit stays in the box and is not sent.
 * @param {Sheet} sheet
 * @param {any} field
 * @param {{ label?: string, onText?: (text: string) => void }} [options]
 */
export function textField(sheet, field, { label = field.label, onText } = {}) {
  const id = uniqueId(field.key);
  const hint = make("p", { class: "wb-hint", id: `${id}-hint` }, field.hint ? make("span", { class: "wb-hint-example" }, field.hint) : "");
  const problem = make("p", { class: "wb-field-problem", id: `${id}-problem` });
  const count = counter(sheet, field);
  const described = `${sheet.askNoNames()} ${hint.id} ${count.element.id} ${problem.id}`;
  const box = make("textarea", {
    id, class: "wb-text", dir: "auto", rows: field.rows, style: `--rows: ${Number(field.rows)}`, autocomplete: "off", "aria-describedby": described,
    oninput: typed, onchange: sheet.push, onblur: sheet.push, onkeydown: keepOneLine,
  });
  const lint = lintNote(sheet, field, box);
  const element = make(
    "div",
    { class: "wb-field" },
    label ? make("label", { for: id, class: "wb-label" }, label) : null,
    [box, make("div", { class: "wb-under" }, hint, count.element), problem, lint.element],
  );
  if (!label) setAttribute(box, "aria-label", sheet.exercise().title);

  function keepOneLine(/** @type {KeyboardEvent} */ event) {
    if (field.rows === 1 && event.key === "Enter") event.preventDefault();
  }

  function weigh(isTyping = false) {
    const fits = count.show(box.value, isTyping);
    sheet.hold(field.key, !fits);
    return fits;
  }

  function typed() {
    weigh(true);
    sheet.write({ [field.key]: box.value });
    onText?.(box.value);
  }

  function update() {
    const text = sheet.answer()[field.key] ?? "";
    if (box.value !== text) box.value = text;
    const fits = weigh();
    const wrong = sheet.problem().field === field.key ? sheet.problem().text : "";
    setText(problem, fits ? wrong : sheet.words.frame.too_long_here);
    setAttribute(box, "aria-invalid", Boolean(wrong) || !fits ? "true" : null);
    lint.update();
  }

  box.addEventListener("input", update);
  update();
  return { element, update, box };
}

/**
 * One of several options, as native radio buttons.
 * @param {Sheet} sheet
 * @param {any} field
 * @param {{ legend: string, isLegendUnseen?: boolean, layout?: "cards" | "chips" }} options
 */
export function choiceField(sheet, field, { legend, isLegendUnseen = false, layout = "cards" }) {
  const name = uniqueId(field.key);
  const radios = field.options.map((/** @type {any} */ option) =>
    make("input", { type: "radio", name, value: option.key, onchange: () => sheet.write({ [field.key]: option.key }, true) }),
  );
  const labels = field.options.map((/** @type {any} */ option, /** @type {number} */ index) =>
    make("label", { class: "wb-option" }, radios[index], make("span", {}, option.label)),
  );
  const element = make(
    "fieldset",
    { class: `wb-choice wb-${layout}` },
    make("legend", { class: isLegendUnseen ? "wb-unseen" : "wb-label" }, legend),
    make("div", { class: "wb-options" }, labels),
  );
  function update() {
    for (const radio of radios) radio.checked = sheet.answer()[field.key] === radio.value;
  }
  update();
  return { element, update };
}

/**
 * Boxes to tick, at most `max` of them where the field says so.
 * @param {Sheet} sheet
 * @param {any} field
 */
export function checksField(sheet, field) {
  const words = sheet.words.fields;
  const boxes = field.options.map((/** @type {any} */ option) => make("input", { type: "checkbox", value: option.key, onchange: ticked }));
  const labels = field.options.map((/** @type {any} */ option, /** @type {number} */ index) =>
    make("label", { class: "wb-option" }, boxes[index], make("span", {}, option.label)),
  );
  const note = make("p", { class: "wb-hint wb-note-line", role: "status" });
  const element = make(
    "fieldset",
    { class: "wb-choice wb-chips" },
    make("legend", { class: "wb-label" }, field.label),
    [field.hint && make("p", { class: "wb-hint" }, field.hint), make("div", { class: "wb-options" }, labels), field.max && note],
  );
  function ticked(/** @type {any} */ event) {
    const keys = boxes.filter((/** @type {any} */ box) => box.checked).map((/** @type {any} */ box) => box.value);
    if (field.max && keys.length > field.max) {
      event.target.checked = false;
      setText(note, fill(words.full, field));
      return;
    }
    sheet.write({ [field.key]: keys }, true);
    update();
  }
  function update() {
    const keys = sheet.answer()[field.key] ?? [];
    for (const box of boxes) box.checked = keys.includes(box.value);
    if (field.max) setText(note, fill(words.chosen, { chosen: keys.length, max: field.max }));
  }
  update();
  return { element, update };
}

/**
 * Five points between two ends, and a way to say that one does not know.
 * @param {Sheet} sheet
 * @param {any} field
 */
export function scaleField(sheet, field) {
  const name = uniqueId(field.key);
  const points = [1, 2, 3, 4, 5, "dont_know"];
  const radios = points.map((point) => make("input", { type: "radio", name, value: point, onchange: () => sheet.write({ [field.key]: point }, true) }));
  const endOf = (/** @type {any} */ point) => ({ 1: field.low, 5: field.high })[point];
  const labels = points.map((point, index) => {
    const isNumber = typeof point === "number";
    const words = isNumber ? [make("b", {}, String(point)), endOf(point) && make("span", { class: "wb-unseen" }, ` ${endOf(point)}`)] : [field.dont_know];
    return make("label", { class: `wb-point${isNumber ? "" : " wb-dont-know"}` }, radios[index], words);
  });
  const ends = field.low && make("div", { class: "wb-ends", "aria-hidden": "true" }, make("span", {}, field.low), make("span", {}, field.high));
  const element = make(
    "fieldset",
    { class: "wb-choice wb-scale-field" },
    make("legend", { class: "wb-label" }, field.label ?? sheet.exercise().title),
    [field.hint && make("p", { class: "wb-hint" }, field.hint), make("div", { class: "wb-point-row" }, labels.slice(0, 5)), ends, make("div", { class: "wb-point-under" }, labels[5])],
  );
  function update() {
    radios.forEach((radio, index) => (radio.checked = sheet.answer()[field.key] === points[index]));
  }
  update();
  return { element, update };
}
