/**
 * Fields for a number: a box, or a place between two ends with a box beside it.
 */

import { fill, make, setAttribute, setText, uniqueId } from "./elements.js";

/** @typedef {import("./frame.js").Sheet} Sheet */

/** A box for a whole number. What does not fit stays in the box and is not sent. @param {Sheet} sheet @param {any} field @param {Record<string, any>} attributes */
function numberBox(sheet, field, attributes) {
  const problem = make("p", { class: "wb-field-problem", id: uniqueId("problem"), role: "status" });
  const box = make("input", {
    type: "number", inputmode: "numeric", class: "wb-number", min: field.min, max: field.max, step: 1, autocomplete: "off",
    "aria-describedby": problem.id, oninput: typed, onchange: left, ...attributes,
  });

  /** @param {any} value */
  const fits = (value) => value === undefined || (Number.isInteger(value) && value >= field.min && value <= field.max);

  function typed() {
    const number = Number(box.value);
    const value = box.value === "" ? undefined : Number.isInteger(number) ? number : box.value;
    sheet.hold(field.key, !fits(value));
    sheet.write({ [field.key]: value });
  }

  function left() {
    sheet.push();
    update();
  }

  function update() {
    const value = sheet.answer()[field.key];
    const isOdd = !fits(value) || box.validity.badInput;
    sheet.hold(field.key, !fits(value));
    if (!box.validity.badInput && box.value !== String(value ?? "")) box.value = value ?? "";
    if (document.activeElement === box && isOdd) return; // half a number is no mistake yet
    const wrong = sheet.problem().field === field.key ? sheet.problem().text : "";
    setText(problem, isOdd ? fill(sheet.words.fields.whole_number, field) : (wrong ?? ""));
    setAttribute(box, "aria-invalid", problem.textContent ? "true" : null);
  }

  box.addEventListener("blur", left);
  return { box, problem, update };
}

/** A whole number. @param {Sheet} sheet @param {any} field */
export function numberField(sheet, field) {
  const id = uniqueId(field.key);
  const { box, problem, update } = numberBox(sheet, field, { id });
  const label = make("label", { for: id, class: "wb-label" }, field.label ?? sheet.exercise().title);
  const hint = field.hint ? make("p", { class: "wb-hint" }, field.hint) : null;
  update();
  return { element: make("div", { class: "wb-field" }, label, box, hint, problem), update };
}

/** A place between two ends, that is nowhere until somebody puts it somewhere. @param {Sheet} sheet @param {any} field */
export function sliderField(sheet, field) {
  const words = sheet.words.fields;
  const label = field.label ?? sheet.exercise().title;
  const labelId = uniqueId(field.key);
  const start = Math.round((field.min + field.max) / 2);
  const range = make("input", {
    type: "range", class: "wb-range", min: field.min, max: field.max, step: 1, "aria-labelledby": labelId,
    oninput: () => put(false), onchange: () => put(true), onclick: take, onkeydown: takeByKey,
  });
  const number = numberBox(sheet, field, { "aria-label": fill(words.as_number, { label }) });
  const ends = make("div", { class: "wb-ends", "aria-hidden": "true" }, [field.low, field.middle, field.high].filter(Boolean).map((end) => make("span", {}, end)));
  const state = make("p", { class: "wb-hint" });
  const element = make(
    "fieldset",
    { class: "wb-field wb-slider" },
    make("legend", { class: "wb-label", id: labelId }, label),
    [field.hint && make("p", { class: "wb-hint" }, field.hint), make("div", { class: "wb-slider-line" }, range, number.box), ends, state, number.problem],
  );

  const isPlaced = () => Number.isInteger(sheet.answer()[field.key]);

  function put(/** @type {boolean} */ isAtOnce) {
    sheet.write({ [field.key]: Number(range.value) }, isAtOnce);
    update();
  }

  /** The place where it waits can be meant, too: a tap or a key takes it. */
  function take() {
    if (!isPlaced()) put(true);
  }

  function takeByKey(/** @type {KeyboardEvent} */ event) {
    if (event.key === "Enter" || event.key === " ") take();
  }

  function update() {
    const value = isPlaced() ? sheet.answer()[field.key] : start;
    if (Number(range.value) !== value) range.value = value;
    const ends = `${field.low} – ${field.high}`;
    setAttribute(range, "aria-valuetext", isPlaced() ? `${value} (${ends})` : `${words.not_placed} (${ends})`);
    element.classList.toggle("wb-unplaced", !isPlaced());
    setText(state, isPlaced() ? "" : words.not_placed);
    number.update();
  }

  number.box.addEventListener("input", update);
  update();
  return { element, update };
}

/** A day, or a day and a time, as the device asks for it. @param {Sheet} sheet @param {any} field */
export function dateField(sheet, field) {
  const id = uniqueId(field.key);
  const hasTime = field.kind === "datetime";
  const problem = make("p", { class: "wb-field-problem", id: `${id}-problem` });
  const box = make("input", {
    id, type: hasTime ? "datetime-local" : "date", class: "wb-number wb-date", max: hasTime ? "9999-12-31T23:59" : "9999-12-31",
    "aria-describedby": problem.id, onchange: () => sheet.write({ [field.key]: box.value || undefined }, true),
  });
  const label = make("label", { for: id, class: "wb-label" }, field.label ?? sheet.exercise().title);
  const hint = field.hint ? make("p", { class: "wb-hint" }, field.hint) : null;

  function update() {
    const value = sheet.answer()[field.key] ?? "";
    if (document.activeElement !== box && box.value !== value) box.value = value;
    const wrong = sheet.problem().field === field.key ? sheet.problem().text : "";
    setText(problem, wrong ?? "");
    setAttribute(box, "aria-invalid", wrong ? "true" : null);
  }

  update();
  return { element: make("div", { class: "wb-field" }, label, box, hint, problem), update };
}
