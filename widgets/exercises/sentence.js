/** A sentence to finish, that stands in large letters below. */

import { make } from "../elements.js";
import { textField } from "../fields.js";
import { frame } from "../frame.js";
import { wallAct } from "../wall.js";
import { wholeSentence } from "../whole_sentence.js";

/** @typedef {import("../frame.js").Sheet} Sheet */

/** The fixed words around one place, as the label of its field. @param {any[]} parts @param {number} index */
function labelAround(parts, index) {
  const before = typeof parts[index - 1] === "string" ? parts[index - 1].trim() : "";
  const isLast = index + 1 === parts.length - 1;
  const after = isLast && typeof parts[index + 1] === "string" ? parts[index + 1].trim() : "";
  return `${before} … ${after}`.trim();
}

/** @param {Sheet} sheet */
function draw(sheet) {
  const { fields, parts, wall_field: wallField } = sheet.exercise();
  const whole = wholeSentence(sheet, sheet.words.sentence.yours, parts);
  const inputs = parts.flatMap((/** @type {any} */ part, /** @type {number} */ index) => {
    const field = fields.find((/** @type {any} */ one) => one.key === part.field);
    return field ? [textField(sheet, field, { label: field.label || labelAround(parts, index), onText: whole.update })] : [];
  });
  const wall = wallField ? wallAct(sheet, wallField, () => sheet.feedback().sentence ?? "") : null;

  function update() {
    for (const input of inputs) input.update();
    whole.update();
    wall?.update();
  }

  update();
  return { element: make("div", {}, inputs.map((/** @type {any} */ input) => input.element), whole.element, wall?.element), update };
}

export default frame(draw);
