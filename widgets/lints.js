/**
 * A friendly suggestion about the words in a text; it never stands in the way.
 */

import { fill, make, setText } from "./elements.js";

/** @typedef {import("./frame.js").Sheet} Sheet */

/** What Python suggests about a text, until the writer leaves it as it is. @param {Sheet} sheet @param {any} field @param {any} box */
export function lintNote(sheet, field, box) {
  const words = sheet.words.fields;
  const text = make("p", {});
  const leave = make("button", { type: "button", class: "wb-button", onclick: leaveIt }, words.leave_lint);
  const element = make("div", { class: "wb-question wb-lint", hidden: true }, text, make("div", { class: "wb-actions" }, leave));
  /** @type {string | null} */
  let left = null;

  function leaveIt() {
    left = box.value;
    update();
    box.focus();
  }

  function update() {
    const found = (sheet.feedback().lints ?? []).filter((/** @type {any} */ one) => one.field === field.key);
    const isShown = found.length > 0 && box.value !== left && box.value !== "";
    const said = found.map((/** @type {any} */ one) => `${fill(words.you_wrote, { word: one.word })} ${one.text}`).join(" ");
    if (isShown && (element.hidden || text.textContent !== said)) sheet.say(said);
    element.hidden = !isShown;
    setText(text, isShown ? said : "");
  }

  return { element, update };
}
