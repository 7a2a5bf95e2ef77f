/** A mirror card: ask for one, give one, and decide what becomes of those that came. */

import { giveCard } from "../card_give.js";
import { askForCard, receivedCards } from "../card_receive.js";
import { make } from "../elements.js";
import { textField } from "../fields.js";
import { frame } from "../frame.js";
import { privacyBadge } from "../privacy.js";

/** @typedef {import("../frame.js").Sheet} Sheet */

/** @param {Sheet} sheet */
function draw(sheet) {
  const { fields, takeaway } = sheet.exercise();
  const alone = make("p", { class: "wb-card-alone" }, sheet.words.card.alone);
  const take = textField(sheet, fields.find((/** @type {any} */ one) => one.key === takeaway));
  const parts = [askForCard(sheet), receivedCards(sheet), giveCard(sheet)];
  const own = make("div", { class: "wb-card-part" }, privacyBadge("A", sheet, true), take.element);
  const element = make("div", { class: "wb-mirror-card" }, alone, parts.map((part) => part.element), own);

  function update() {
    alone.hidden = !sheet.status().alone;
    for (const part of [...parts, take]) part.update();
  }

  update();
  return { element, update };
}

export default frame(draw);
