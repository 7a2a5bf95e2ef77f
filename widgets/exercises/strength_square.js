/** Four corners around a square, questions about them, and examples for who wants one. */

import { fill, make, setText, uniqueId } from "../elements.js";
import { choiceField, textField } from "../fields.js";
import { frame } from "../frame.js";
import { shape } from "../shapes.js";

/** @typedef {import("../frame.js").Sheet} Sheet */

/** The answer's own words in a corner. @param {Sheet} sheet @param {string} key */
const textIn = (sheet, key) => (sheet.answer()[key] ?? "").trim();

/** The field with this key. @param {Sheet} sheet @param {string} key */
const fieldOf = (sheet, key) => sheet.exercise().fields.find((/** @type {any} */ one) => one.key === key);

/** The way from one corner to the next: words and an arrow. @param {Sheet} sheet @param {any} corner @param {any} next */
function way(sheet, corner, next) {
  const arrow = /** @type {SVGElement} */ (shape("down"));
  arrow.removeAttribute("aria-hidden");
  arrow.setAttribute("role", "img");
  arrow.setAttribute("aria-label", fill(sheet.words.strength_square.arrow, { corner: fieldOf(sheet, next.key).label }));
  return make("p", { class: "wb-way", "data-from": corner.key }, make("span", {}, corner.leads), arrow);
}

/** The square itself: the corners and the ways between them, all around. @param {Sheet} sheet */
function drawSquare(sheet) {
  const { corners } = sheet.exercise();
  const inputs = corners.map((/** @type {any} */ corner) => textField(sheet, fieldOf(sheet, corner.key)));
  const pieces = corners.flatMap((/** @type {any} */ corner, /** @type {number} */ index) => [
    make("div", { class: "wb-corner", "data-corner": corner.key }, inputs[index].element),
    way(sheet, corner, corners[(index + 1) % corners.length]),
  ]);
  return {
    element: make("div", { class: "wb-square" }, pieces),
    update: () => inputs.forEach((/** @type {any} */ input) => input.update()),
    focus: () => inputs[0].box.focus(),
  };
}

/** One example at a time; it may become a beginning as long as nothing of one's own is lost. @param {Sheet} sheet @param {() => void} begin */
function drawExamples(sheet, begin) {
  const words = sheet.words.strength_square;
  const { corners, examples } = sheet.exercise();
  let number = Math.floor(Math.random() * examples.length);
  const id = uniqueId("example");
  const list = make("dl", { class: "wb-example", "aria-live": "polite" });
  const button = (/** @type {string} */ label, /** @type {() => void} */ onclick) => make("button", { type: "button", class: "wb-button", onclick }, label);
  const take = button(words.take, () => begin(examples[number]));
  const panel = make("div", { class: "wb-example-panel", id, hidden: true }, list, make("div", { class: "wb-actions" }, button(words.another, another), take));
  const open = make("button", { type: "button", class: "wb-link", "aria-expanded": "false", "aria-controls": id, onclick: toggle }, words.example);

  function draw() {
    list.replaceChildren(...corners.flatMap((/** @type {any} */ corner) => [make("dt", {}, fieldOf(sheet, corner.key).label), make("dd", {}, examples[number][corner.key])]));
  }

  function another() {
    number = (number + 1) % examples.length;
    draw();
  }

  function toggle() {
    panel.hidden = !panel.hidden;
    open.setAttribute("aria-expanded", String(!panel.hidden));
    if (!panel.hidden) draw();
  }

  function update() {
    const own = corners.map((/** @type {any} */ corner) => textIn(sheet, corner.key));
    const isExample = (/** @type {any} */ one) => corners.every((/** @type {any} */ corner, /** @type {number} */ index) => own[index] === one[corner.key]);
    take.hidden = !own.every((/** @type {string} */ text) => !text) && !examples.some(isExample);
  }

  update();
  return { element: make("div", {}, open, panel), update };
}

/** A question about two corners, with what stands there now, and a hint after "no". @param {Sheet} sheet @param {any} question */
function drawQuestion(sheet, question) {
  const field = fieldOf(sheet, question.key);
  const choice = choiceField(sheet, field, { legend: field.label, layout: "chips" });
  const pair = make("p", { class: "wb-pair", dir: "auto" });
  const hint = make("p", { class: "wb-question" });
  const element = make("li", { class: "wb-square-question" }, pair, choice.element, make("div", { role: "status" }, hint));
  const due = () => question.about.every((/** @type {string} */ key) => textIn(sheet, key));

  function update() {
    const [one, other] = question.about.map((/** @type {string} */ key) => textIn(sheet, key));
    choice.update();
    element.hidden = !due();
    setText(pair, fill(sheet.words.strength_square.pair, { one, other }));
    const text = sheet.answer()[question.key] === "no" ? sheet.feedback().hints?.[question.key] : "";
    hint.hidden = !text;
    setText(hint, text ?? "");
  }

  update();
  return { element, update, due };
}

/** @param {Sheet} sheet */
function draw(sheet) {
  const words = sheet.words.strength_square;
  const { questions, corners, fields, credit } = sheet.exercise();
  const square = drawSquare(sheet);
  const examples = drawExamples(sheet, begin);
  const asked = questions.map((/** @type {any} */ question) => drawQuestion(sheet, question));
  const known = new Set([...questions, ...corners].map((one) => one.key));
  const more = fields.filter((/** @type {any} */ field) => !known.has(field.key)).map((/** @type {any} */ field) => textField(sheet, field));
  const look = make("p", { class: "wb-label" }, words.look);
  const later = make("p", { class: "wb-small" }, words.look_later);
  const list = make("ul", { class: "wb-square-questions" }, asked.map((/** @type {any} */ one) => one.element));

  function begin(/** @type {Record<string, string>} */ example) {
    sheet.write(example, true);
    update();
    sheet.say(words.taken);
    square.focus();
  }

  function updateQuestions() {
    for (const one of asked) one.update();
    const isDue = asked.some((/** @type {any} */ one) => one.due());
    look.hidden = !isDue;
    later.hidden = isDue;
  }

  function update() {
    for (const part of [square, examples, ...more]) part.update();
    updateQuestions();
  }

  // What is typed shows at once in the questions about it, not only after it was kept.
  square.element.addEventListener("input", () => {
    examples.update();
    updateQuestions();
  });
  update();
  const element = make("div", { class: "wb-strength-square" }, examples.element, square.element, make("div", {}, look, later, list), more.map((/** @type {any} */ one) => one.element), make("p", { class: "wb-small" }, credit));
  return { element, update };
}

export default frame(draw);
