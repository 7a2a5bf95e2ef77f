/**
 * How a card looks, to who is about to send it and to who received it.
 */

import { make, setText } from "./elements.js";

/** @typedef {import("./frame.js").Sheet} Sheet */

/** What a part of a card says: a text, or the options that were chosen. @param {any} field @param {any} value */
function inWords(field, value) {
  const chosen = field.options?.filter((/** @type {any} */ one) => value?.includes(one.key));
  return chosen ? chosen.map((/** @type {any} */ one) => one.label).join(", ") : (value ?? "");
}

/** The parts of a card with their words. @param {Sheet} sheet @param {Record<string, any>} card */
export function cardFace(sheet, card) {
  const { fields, card: keys } = sheet.exercise();
  const parts = keys.map((/** @type {string} */ key) => {
    const field = fields.find((/** @type {any} */ one) => one.key === key);
    return make("div", {}, make("dt", {}, field.label), make("dd", { dir: "auto" }, inWords(field, card[key])));
  });
  return make("dl", { class: "wb-card-face" }, parts);
}

/** A line that says how an act went; `acts` are those that belong here. @param {Sheet} sheet @param {string[]} acts */
export function actLine(sheet, acts) {
  const element = make("p", { class: "wb-act-line", role: "status" });
  let own = "";
  let heard = sheet.mail().said?.number;
  let isHere = false;

  /** Whether something was heard that was not there before. */
  function update() {
    const said = sheet.mail().said ?? {};
    const isNews = said.number !== heard;
    heard = said.number;
    if (isNews) {
      isHere = acts.includes(said.act);
      own = "";
    }
    element.dataset.state = isHere && !own ? (said.ok ? "done" : "wrong") : "";
    setText(element, own || (isHere ? said.text : ""));
    return isNews && isHere ? said : null;
  }

  return {
    element,
    update,
    /** What was said of this act is over. */
    forget(/** @type {string} */ act) {
      if (sheet.mail().said?.act !== act) return;
      isHere = false;
      update();
    },
    say(/** @type {string} */ text) {
      own = text;
      update();
    },
  };
}
