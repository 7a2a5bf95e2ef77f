/**
 * What somebody wrote in an earlier exercise, shown again where it is needed.
 */

import { make } from "./elements.js";

/** A day or a moment in the reader's language; other texts as they are. @param {any} entry @param {string} language */
function readable({ kind, text }, language) {
  if (kind !== "date" && kind !== "datetime") return text;
  // Without a time zone, as it was written; a bare day would else be read as UTC.
  const moment = new Date(kind === "date" ? `${text}T00:00` : text);
  const time = kind === "datetime" ? /** @type {const} */ ({ timeStyle: "short" }) : {};
  return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "full", ...time }).format(moment);
}

/**
 * @param {{ label: string, text: string, kind: string, beside?: string }[]} entries
 * @param {string} language
 * @param {Record<string, string>} words the section `frame`
 */
export function drawRecalled(entries, language, words) {
  if (!entries.length) return [];
  const lines = entries.flatMap((entry) => [make("dt", {}, entry.label), make("dd", { dir: "auto" }, readable(entry, language))]);
  return [make("p", { class: "wb-recalled-title" }, words.recalled), make("dl", {}, lines)];
}

/** What was written earlier, right above the field with this key. @param {import("./frame.js").Sheet} sheet @param {string} key */
export function recalledBeside(sheet, key) {
  const element = make("div", { class: "wb-recalled" });
  function update() {
    const entries = sheet.recalled().filter((/** @type {any} */ entry) => entry.beside === key);
    element.replaceChildren(...drawRecalled(entries, sheet.language, sheet.words.frame));
  }
  update();
  return { element, update };
}
