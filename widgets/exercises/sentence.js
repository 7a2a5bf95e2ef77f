/** A sentence to finish, that stands in large letters below. */

import { make, setText, uniqueId } from "../elements.js";
import { textField } from "../fields.js";
import { frame } from "../frame.js";
import { wallAct } from "../wall.js";

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
  const words = sheet.words.sentence;
  const whole = make("p", { class: "wb-sentence", dir: "auto" });
  const spans = parts.map((/** @type {any} */ part) => make("span", typeof part === "string" ? {} : { class: "wb-gap", dir: "auto" }, typeof part === "string" ? part : "…"));
  whole.append(...spans);

  const inputs = parts.flatMap((/** @type {any} */ part, /** @type {number} */ index) => {
    const field = fields.find((/** @type {any} */ one) => one.key === part.field);
    return field ? [textField(sheet, field, { label: field.label || labelAround(parts, index), onText: compose })] : [];
  });
  const wall = wallField ? wallAct(sheet, wallField, () => sheet.feedback().sentence ?? "") : null;

  function compose() {
    parts.forEach((/** @type {any} */ part, /** @type {number} */ index) => {
      if (typeof part === "string") return;
      const text = (sheet.answer()[part.field] ?? "").trim().replace(/\.+$/, "");
      setText(spans[index], text || "…");
      spans[index].classList.toggle("wb-empty", !text);
    });
  }

  function update() {
    for (const input of inputs) input.update();
    compose();
    wall?.update();
  }

  update();
  const titleId = uniqueId("sentence");
  const card = make("div", { class: "wb-sentence-card", role: "group", "aria-labelledby": titleId }, make("p", { class: "wb-kicker", id: titleId }, words.yours), whole);
  return { element: make("div", {}, inputs.map((/** @type {any} */ input) => input.element), card, wall?.element), update };
}

export default frame(draw);
