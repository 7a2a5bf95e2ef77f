/**
 * What somebody wrote in an earlier exercise, shown again where it is needed.
 */

import { make } from "./elements.js";

/**
 * @param {{ label: string, text: string, beside?: string }[]} entries
 * @param {Record<string, string>} words the section `frame`
 */
export function drawRecalled(entries, words) {
  if (!entries.length) return [];
  const lines = entries.flatMap((entry) => [make("dt", {}, entry.label), make("dd", { dir: "auto" }, entry.text)]);
  return [make("p", { class: "wb-recalled-title" }, words.recalled), make("dl", {}, lines)];
}

/** What was written earlier, right above the field with this key. @param {import("./frame.js").Sheet} sheet @param {string} key */
export function recalledBeside(sheet, key) {
  const element = make("div", { class: "wb-recalled" });
  function update() {
    const entries = sheet.recalled().filter((/** @type {any} */ entry) => entry.beside === key);
    element.replaceChildren(...drawRecalled(entries, sheet.words.frame));
  }
  update();
  return { element, update };
}
