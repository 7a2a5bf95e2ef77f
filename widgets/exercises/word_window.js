/** A window of words: choose one's own, ask for those of others, and give some. */

import { giveCard } from "../card_give.js";
import { askForCard, receivedCards } from "../card_receive.js";
import { make, setText } from "../elements.js";
import { checksField } from "../fields.js";
import { frame } from "../frame.js";
import { privacyBadge } from "../privacy.js";

/** @typedef {import("../frame.js").Sheet} Sheet */

/** One's own words, until they are fixed. @param {Sheet} sheet */
function ownWords(sheet) {
  const words = sheet.words.word_window;
  const { fields, own } = sheet.exercise();
  const field = fields.find((/** @type {any} */ one) => one.key === own);
  const choice = checksField(sheet, field);
  const problem = make("p", { class: "wb-field-problem", role: "status" });
  const fix = make("button", { type: "button", class: "wb-button wb-primary", onclick: fixWords }, words.fix);
  const choosing = make("div", { class: "wb-card-part" }, make("p", {}, words.own_why), choice.element, problem, make("div", { class: "wb-actions" }, fix));
  const chosen = make("ul", { class: "wb-words", tabindex: -1, "aria-label": field.label });
  const fixed = make("div", { class: "wb-card-part" }, chosen, make("p", { class: "wb-small" }, words.fixed));
  const element = make("section", { class: "wb-card-part" }, make("h4", {}, words.own), privacyBadge("A", sheet, true), choosing, fixed);

  choosing.addEventListener("change", () => setText(problem, ""));

  function fixWords() {
    const isEmpty = !(sheet.answer()[own] ?? []).length;
    setText(problem, isEmpty ? words.fix_first : "");
    if (isEmpty) return;
    sheet.write({ fixed: true }, true);
    update();
    chosen.focus();
  }

  function update() {
    const { fixed: isFixed = false, [own]: keys = [] } = sheet.answer();
    choice.update();
    choosing.hidden = isFixed;
    fixed.hidden = !isFixed;
    const labels = field.options.filter((/** @type {any} */ one) => keys.includes(one.key)).map((/** @type {any} */ one) => one.label);
    chosen.replaceChildren(...labels.map((/** @type {string} */ label) => make("li", {}, label)));
  }

  update();
  return { element, update };
}

/** One of the four panes. @param {any} one */
function pane(one) {
  const { words: chosen } = one;
  const inside = chosen.length ? make("ul", { class: "wb-words" }, chosen.map((/** @type {string} */ word) => make("li", {}, word))) : make("p", { class: "wb-small" }, one.empty);
  return make("div", { class: "wb-pane", "data-pane": one.key }, make("h5", {}, one.title), inside);
}

/** The window, or what it waits for. @param {Sheet} sheet */
function wordPanes(sheet) {
  const words = sheet.words.word_window;
  const waits = make("p", { class: "wb-hint", role: "status" });
  const panes = make("div", { class: "wb-panes" });
  const element = make("section", { class: "wb-card-part" }, make("h4", {}, words.window), waits, panes);
  let shown = "";

  function update() {
    const found = sheet.feedback().panes ?? [];
    const now = JSON.stringify(found);
    if (now !== shown) panes.replaceChildren(...found.map(pane));
    shown = now;
    panes.hidden = !found.length;
    const isFixed = Boolean(sheet.answer().fixed);
    setText(waits, found.length ? words.only_you : isFixed ? words.no_window : sheet.exercise().has_words ? words.came : words.choose_first);
    element.hidden = sheet.status().alone;
  }

  update();
  return { element, update };
}

/** @param {Sheet} sheet */
function draw(sheet) {
  const alone = make("p", { class: "wb-card-alone" }, sheet.words.card.alone);
  const give = giveCard(sheet, true);
  const parts = [ownWords(sheet), askForCard(sheet), wordPanes(sheet), receivedCards(sheet), give];
  const element = make("div", { class: "wb-mirror-card" }, alone, parts.map((part) => part.element));

  function update() {
    for (const part of parts) part.update();
    alone.hidden = !sheet.status().alone;
    give.element.hidden = sheet.status().alone;
  }

  update();
  return { element, update };
}

export default frame(draw);
