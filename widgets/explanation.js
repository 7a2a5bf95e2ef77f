/**
 * What a participant sees after sorting: a score in words, and per card the own choice, the answer and why.
 */

import { fill, make, paragraphs } from "./elements.js";
import { shape } from "./shapes.js";

/**
 * @param {any[]} cards in the order in which they were placed
 * @param {any[]} groups
 * @param {Record<string, string>} placed
 * @param {any} feedback
 * @param {Record<string, string>} words
 */
export function drawExplanation(cards, groups, placed, feedback, words) {
  const chip = (/** @type {string} */ key, /** @type {string} */ who) => {
    const group = groups.find((one) => one.key === key);
    return make("span", { class: "wb-chip", "data-group": group?.group }, make("span", { class: "wb-chip-who" }, who), shape(group?.group), group?.label ?? "");
  };
  const lines = cards.map((card) => {
    const { answer, right, why } = feedback.cards[card.id];
    const verdict = make("span", { class: "wb-verdict" }, shape(right ? "right" : "other"), right ? words.same : words.different);
    return make(
      "li",
      { class: "wb-explained", "data-right": right },
      make("p", { class: "wb-explained-card" }, card.text),
      make("p", { class: "wb-chips-line" }, verdict, chip(placed[card.id], words.you), right ? null : chip(answer, words.answer)),
      make("p", { class: "wb-why" }, why),
    );
  });
  const score = make("p", { class: "wb-score", tabindex: -1 }, fill(words.score, { score: feedback.score, of: feedback.of }));
  return make("div", { class: "wb-explanation" }, score, paragraphs(feedback.text), make("ol", {}, lines));
}
