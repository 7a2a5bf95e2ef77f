/**
 * One of what was chosen in another field of the same form.
 */

import { make } from "./elements.js";
import { choiceField } from "./fields.js";

/** @typedef {import("./frame.js").Sheet} Sheet */

/** @param {Sheet} sheet @param {any} field */
export function pickField(sheet, field) {
  const choice = choiceField(sheet, field, { legend: field.label ?? "", layout: "chips" });
  const first = make("p", { class: "wb-hint" }, sheet.words.fields.pick_first);
  const radios = [...choice.element.querySelectorAll("input")];
  choice.element.append(first);

  function update() {
    const chosen = sheet.answer()[field.of] ?? [];
    choice.update();
    for (const radio of radios) {
      const isOffered = chosen.includes(radio.value);
      radio.checked &&= isOffered;
      radio.closest("label").hidden = !isOffered;
    }
    first.hidden = chosen.length > 0;
  }

  update();
  return { element: choice.element, update };
}
