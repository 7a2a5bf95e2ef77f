/**
 * Counts what is typed, in characters or in words, and says how much still fits.
 */

import { fill, make, setText, uniqueId } from "./elements.js";

/** @typedef {import("./frame.js").Sheet} Sheet */

const SPEAK_AFTER = 900;
const SPEAK_FROM = 20;

/** The length as the server counts it: whole characters. @param {string} text */
const lengthOf = (text) => [...text.normalize("NFC").replace(/\r\n?/g, "\n")].length;

/** @param {string} text */
const wordsIn = (text) => text.split(/\s+/).filter(Boolean).length;

/**
 * How far a text is from its limit, in the unit that people think in: words where words are limited.
 * @param {any} field @param {string} text
 */
function measure(field, text) {
  const isWords = Boolean(field.max_words) && lengthOf(text) <= field.max_length;
  const used = isWords ? wordsIn(text) : lengthOf(text);
  const limit = isWords ? field.max_words : field.max_length;
  return { used, limit, left: limit - used, unit: isWords ? "words" : "characters" };
}

/** A counter that everybody sees, and that is spoken only near the limit and after typing. @param {Sheet} sheet @param {any} field */
export function counter(sheet, field) {
  const element = make("span", { class: "wb-counter", id: uniqueId("counter") });
  /** @type {any} */
  let timer;
  return {
    element,
    /** @returns {boolean} whether the text fits */
    show(/** @type {string} */ text, isTyping = false) {
      const { used, limit, left, unit } = measure(field, text);
      const words = sheet.words.frame;
      const sentence = fill(words[left < 0 ? `over_${unit}` : `count_${unit}`], { used, limit, over: -left });
      setText(element, sentence);
      element.classList.toggle("wb-over", left < 0);
      clearTimeout(timer);
      const isNear = left < (unit === "words" ? 4 : SPEAK_FROM);
      if (isTyping && isNear) timer = setTimeout(() => sheet.say(sentence), SPEAK_AFTER);
      return left >= 0;
    },
  };
}
