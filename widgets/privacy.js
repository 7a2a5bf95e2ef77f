/**
 * Says in words who may see what is typed.
 */

import { make } from "./elements.js";
import { shape } from "./shapes.js";

const SIGNS = { A: "lock", C: "count", W: "wall", S: "letter" };

/**
 * The code that holds here and now: what would count does not when one said so, or is alone.
 * @param {string} code A, C, S or W
 * @param {{ alone?: boolean, counting?: boolean | null }} status
 */
export function effectiveCode(code, status) {
  if (code !== "C") return code;
  if (status.alone) return "A";
  return status.counting === false ? "N" : "C";
}

/**
 * A badge and one line that explains it.
 * @param {string} code
 * @param {{ words: Record<string, any>, status: () => any }} sheet
 * @param {boolean} [isShort] the badge alone
 */
export function privacyBadge(code, sheet, isShort = false) {
  const words = sheet.words.privacy;
  const now = effectiveCode(code, sheet.status());
  const sign = SIGNS[/** @type {keyof typeof SIGNS} */ (now)] ?? "lock";
  const badge = make("span", { class: "wb-badge", "data-privacy": now }, shape(sign), words[now]);
  if (isShort) return badge;
  const why = sheet.status().alone ? words.alone_why : words[`${now}_why`];
  return make("p", { class: "wb-privacy" }, badge, make("span", {}, why));
}

/**
 * Keeps the badge in the page's header up to date with the choice to be counted.
 * @param {boolean | null | undefined} counting
 */
export function showChoice(counting) {
  if (typeof counting !== "boolean") return;
  for (const badge of document.querySelectorAll("[data-choice]")) {
    badge.toggleAttribute("hidden", badge.getAttribute("data-choice") !== (counting ? "yes" : "no"));
  }
}
