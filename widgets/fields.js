/**
 * The fields that exercises are made of: a text, one of several options, boxes to tick.
 */

import { counter } from "./counter.js";
import { make, setAttribute, setText, uniqueId } from "./elements.js";

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
  const hint = make("p", { class: "wb-hint", id: `${id}-hint` }, field.hint ? make("span", { class: "wb-hint-example" }, field.hint) : "", make("span", { class: "wb-hint-names" }, sheet.words.frame.no_names));
  const problem = make("p", { class: "wb-field-problem", id: `${id}-problem` });
  const count = counter(sheet, field);
  const described = `${hint.id} ${count.element.id} ${problem.id}`;
  const box = make("textarea", {
    id, class: "wb-text", dir: "auto", rows: field.rows, style: `--rows: ${Number(field.rows)}`, autocomplete: "off", "aria-describedby": described,
    oninput: typed, onchange: sheet.push, onblur: sheet.push, onkeydown: keepOneLine,
  });
  const element = make(
    "div",
    { class: "wb-field" },
    label ? make("label", { for: id, class: "wb-label" }, label) : null,
    [box, make("div", { class: "wb-under" }, hint, count.element), problem],
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
 * Boxes to tick for oneself.
 * @param {Sheet} sheet
 * @param {any} field
 */
export function checksField(sheet, field) {
  const boxes = field.options.map((/** @type {any} */ option) => make("input", { type: "checkbox", value: option.key, onchange: ticked }));
  const labels = field.options.map((/** @type {any} */ option, /** @type {number} */ index) =>
    make("label", { class: "wb-option" }, boxes[index], make("span", {}, option.label)),
  );
  const element = make(
    "fieldset",
    { class: "wb-choice wb-chips" },
    make("legend", { class: "wb-label" }, field.label),
    make("div", { class: "wb-options" }, labels),
  );
  function ticked() {
    const keys = boxes.filter((/** @type {any} */ box) => box.checked).map((/** @type {any} */ box) => box.value);
    sheet.write({ [field.key]: keys }, true);
  }
  function update() {
    for (const box of boxes) box.checked = (sheet.answer()[field.key] ?? []).includes(box.value);
  }
  update();
  return { element, update };
}
