/** A pattern in one's own words, drawn as a loop: the old way round, and a new way out. */

import { drawField } from "../any_field.js";
import { make, setText, uniqueId } from "../elements.js";
import { frame } from "../frame.js";
import { shape } from "../shapes.js";

/** @typedef {import("../frame.js").Sheet} Sheet */
/** @typedef {{ key: string, name: string, leads: string }} Place */

// As it is read aloud: once round, then the way out. Where each stands, its style says.
const ORDER = ["cue", "old", "price", "payoff", "again", "new"];

/** A word or two beside an arrow. @param {string} words @param {string} sign @param {string} kind */
const way = (words, sign, kind) => make("p", { class: "wb-loop-way", "data-way": kind }, shape(sign), make("span", {}, words));

/** One place in the drawing, with what was written there. @param {Sheet} sheet @param {Place} place */
function drawPlace(sheet, { key, name, leads }) {
  const { also } = sheet.exercise();
  const said = make("span", { class: "wb-loop-said", dir: "auto" });
  const box = make("div", { class: "wb-loop-box" }, make("span", { class: "wb-loop-name" }, name), said);
  const element = make("li", { class: "wb-loop-place", "data-place": key }, leads && way(leads, "down", key), box, key === "new" && way(also, "down", "also"));
  function update() {
    const text = (sheet.answer()[key] ?? "").trim();
    setText(said, text || sheet.words.pattern_loop.empty);
    element.classList.toggle("wb-empty", !text);
  }
  return { element, update };
}

/** The loop: boxes with one's own words, arrows between them, and the way back up. @param {Sheet} sheet */
function drawLoop(sheet) {
  const { places, again } = sheet.exercise();
  const drawn = places.map((/** @type {Place} */ place) => drawPlace(sheet, place));
  const byKey = Object.fromEntries(places.map((/** @type {Place} */ place, /** @type {number} */ index) => [place.key, drawn[index].element]));
  byKey.again = make("li", { class: "wb-loop-place", "data-place": "again" }, way(again, "up", "again"));
  const id = uniqueId("loop");
  const caption = make("figcaption", { class: "wb-kicker", id }, sheet.words.pattern_loop.yours);
  const element = make("figure", { class: "wb-loop", "aria-labelledby": id }, caption, make("ol", {}, ORDER.map((key) => byKey[key])));
  return { element, update: () => drawn.forEach((/** @type {any} */ one) => one.update()) };
}

/** What there is to think about while the payoff is missing. @param {Sheet} sheet */
function payoffNote(sheet) {
  const element = make("div", { class: "wb-form-notes", role: "status" });
  const text = make("p", {});
  function update() {
    const said = (sheet.answer().payoff ?? "").trim() ? "" : (sheet.feedback().no_payoff ?? "");
    setText(text, said);
    if (Boolean(said) !== element.hasChildNodes()) element.replaceChildren(...(said ? [text] : []));
  }
  return { element, update };
}

/** @param {Sheet} sheet */
function draw(sheet) {
  const fields = sheet.exercise().fields.map((/** @type {any} */ field) => drawField(sheet, field));
  const note = payoffNote(sheet);
  const loop = drawLoop(sheet);
  const asked = make("div", {}, fields.flatMap((/** @type {any} */ one) => [one.element, one.field.key === "payoff" && note.element]));
  // What is typed stands in the drawing at once, not only after it was kept.
  asked.addEventListener("input", loop.update);

  function update() {
    for (const part of [...fields, note, loop]) part.update();
  }

  update();
  return { element: make("div", { class: "wb-pattern-loop" }, asked, loop.element), update };
}

export default frame(draw);
