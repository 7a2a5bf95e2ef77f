/** Several fields on one card, with a gentle question where answers seem to clash. */

import { drawField } from "../any_field.js";
import { make, paragraphs, setText, uniqueId } from "../elements.js";
import { ownText } from "../fields.js";
import { frame } from "../frame.js";
import { privacyBadge } from "../privacy.js";
import { recalledBeside } from "../recalled.js";
import { shape } from "../shapes.js";
import { wallAct } from "../wall.js";
import { wholeSentence } from "../whole_sentence.js";

/** @typedef {import("../frame.js").Sheet} Sheet */

/** The question about one field, with two answers. @param {Sheet} sheet @param {any} field @param {() => HTMLElement} adjust where to go for "adjust" */
function question(sheet, field, adjust) {
  const words = sheet.words.form;
  const text = make("p", { tabindex: -1 });
  const change = make("button", { type: "button", class: "wb-button", onclick: () => adjust()?.focus() }, words.adjust);
  const keep = make("button", { type: "button", class: "wb-button", onclick: leave }, words.leave);
  const element = make("div", { class: "wb-question", role: "status" }, text, make("div", { class: "wb-actions" }, change, keep));

  function leave() {
    const kept = new Set([...(sheet.answer().kept ?? []), field.key]);
    sheet.write({ kept: [...kept] }, true);
    update();
    text.focus();
  }

  function update() {
    const rule = (sheet.feedback().rules ?? []).find((/** @type {any} */ one) => one.field === field.key);
    const isKept = rule?.kept || (sheet.answer().kept ?? []).includes(field.key);
    element.hidden = !rule;
    element.classList.toggle("wb-settled", Boolean(isKept));
    setText(text, rule ? (isKept ? words.left : rule.text) : "");
    change.parentElement.hidden = Boolean(isKept);
  }

  update();
  return { element, update };
}

/** What there is to think about, under one field or (with "") under all. @param {Sheet} sheet @param {string} key */
function notes(sheet, key) {
  const element = make("div", { class: "wb-form-notes", role: "status" });
  function update() {
    const said = (sheet.feedback().notes ?? []).filter((/** @type {any} */ one) => one.field === key);
    const text = said.map((/** @type {any} */ one) => one.text).join("\n\n");
    if (element.dataset.text === text) return;
    element.dataset.text = text;
    element.replaceChildren(...paragraphs(text));
  }
  update();
  return { element, update };
}

/** The shape that belongs to a key such as ex_L. @param {string[]} keys */
function signOf(keys) {
  const [, group] = keys[0]?.match(/_([LPB])$/) ?? [];
  return group ?? "";
}

/** @param {Sheet} sheet @param {{ title: string, fields: string[] }} part */
function drawPart(sheet, part) {
  const all = sheet.exercise().fields;
  const fields = part.fields.map((key) => drawField(sheet, all.find((/** @type {any} */ one) => one.key === key)));
  const isMixed = (sheet.exercise().privacy ?? []).length > 1;
  const pieces = fields.map(({ field, element }) => {
    const ask = question(sheet, field, () => fields.find((one) => one.field.kind === "choice")?.element.querySelector("input:checked") ?? element);
    const wall = field.wall ? wallAct(sheet, field.key, () => ownText(sheet, field.key)) : null;
    const note = notes(sheet, field.key);
    const recalled = sheet.exercise().beside.includes(field.key) ? recalledBeside(sheet, field.key) : null;
    return { element: [recalled?.element, isMixed && privacyBadge(field.privacy, sheet, true), element, note.element, wall?.element], ask, note, wall, recalled };
  });
  const sign = signOf(part.fields);
  const titleId = uniqueId("part");
  const element = make(
    part.title ? "fieldset" : "div",
    { class: "wb-form-part", "data-group": sign || null },
    part.title && make("legend", { class: "wb-part-title", id: titleId }, shape(sign), part.title),
    pieces.flatMap((piece) => piece.element),
    pieces.map((piece) => piece.ask.element),
  );
  const updates = [...fields, ...pieces.flatMap((piece) => [piece.ask, piece.note]), ...pieces.flatMap((piece) => [piece.wall ?? [], piece.recalled ?? []].flat())];
  const picks = fields.filter(({ field }) => field.kind === "pick");
  return { element, update: () => updates.forEach((one) => one.update()), offer: () => picks.forEach((one) => one.update()) };
}

/** @param {Sheet} sheet */
function draw(sheet) {
  const { fields, parts, whole } = sheet.exercise();
  const grouped = new Set((parts ?? []).flatMap((/** @type {any} */ part) => part.fields));
  const loose = fields.map((/** @type {any} */ field) => field.key).filter((/** @type {string} */ key) => !grouped.has(key));
  const all = [...(parts ?? []), ...(loose.length ? [{ title: "", fields: loose }] : [])];
  const cards = all.map((part) => drawPart(sheet, part));
  const sentence = whole ? wholeSentence(sheet, whole.title, whole.parts) : null;
  const drawn = [...cards, notes(sheet, "")];
  // Right below the last thing it says.
  const last = whole?.parts.findLast((/** @type {any} */ part) => part.field)?.field;
  if (sentence) drawn.splice(all.findIndex((part) => part.fields.includes(last)) + 1, 0, sentence);
  const element = make("div", { class: "wb-form" }, drawn.map((part) => part.element));
  // What was chosen in one field can be picked from in another at once.
  element.addEventListener("change", () => cards.forEach((card) => card.offer()));
  if (sentence) element.addEventListener("input", sentence.update);
  return { element, update: () => drawn.forEach((part) => part.update()) };
}

export default frame(draw);
