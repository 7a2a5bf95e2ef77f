/**
 * Several short texts in one box, each on a line of its own.
 */

import { fill, make, setAttribute, setText, uniqueId } from "./elements.js";
import { lintNote } from "./lints.js";

/** @typedef {import("./frame.js").Sheet} Sheet */

/** @param {Sheet} sheet @param {any} field */
export function linesField(sheet, field) {
  const words = sheet.words.fields;
  const id = uniqueId(field.key);
  const hint = make("p", { class: "wb-hint", id: `${id}-hint` }, make("span", { class: "wb-hint-example" }, field.hint ?? ""), words.one_per_line);
  const count = make("span", { class: "wb-counter", id: `${id}-count` });
  const problem = make("p", { class: "wb-field-problem", id: `${id}-problem`, role: "status" });
  const rows = Math.min(field.max_lines, 5);
  const box = make("textarea", {
    id, class: "wb-text", dir: "auto", rows, style: `--rows: ${rows}`, autocomplete: "off",
    "aria-describedby": `${sheet.askNoNames()} ${hint.id} ${count.id} ${problem.id}`, oninput: typed, onchange: sheet.push, onblur: sheet.push,
  });
  const lint = lintNote(sheet, field, box);
  const label = make("label", { for: id, class: "wb-label" }, field.label ?? sheet.exercise().title);
  const element = make("div", { class: "wb-field" }, label, box, make("div", { class: "wb-under" }, hint, count), problem, lint.element);

  const lines = () => (sheet.answer()[field.key] ?? []).map((/** @type {string} */ line) => line.trim()).filter(Boolean);

  function typed() {
    sheet.hold(field.key, false);
    sheet.write({ [field.key]: box.value ? box.value.split("\n") : undefined });
    update();
  }

  function update() {
    const text = (sheet.answer()[field.key] ?? []).join("\n");
    if (box.value !== text) box.value = text;
    const isOver = lines().length > field.max_lines || lines().some((/** @type {string} */ line) => [...line].length > field.max_length);
    sheet.hold(field.key, isOver);
    setText(count, fill(words.lines, { count: lines().length, max_lines: field.max_lines }));
    count.classList.toggle("wb-over", isOver);
    const wrong = sheet.problem().field === field.key ? sheet.problem().text : "";
    setText(problem, isOver ? fill(words.lines_over, field) : (wrong ?? ""));
    setAttribute(box, "aria-invalid", problem.textContent ? "true" : null);
    lint.update();
  }

  update();
  return { element, update };
}
