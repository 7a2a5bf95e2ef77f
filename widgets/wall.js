/**
 * The act of putting a text on the screen of the group: never by itself, always looked at first.
 */

import { make, setText } from "./elements.js";
import { shape } from "./shapes.js";

/** @typedef {import("./frame.js").Sheet} Sheet */

// What a text should not give away; it is only asked about, never refused.
const TELLING = [/@/, /\d{6,}/, /(?:\d[ .-]?){9,}/, /https?:|www\./i];

/**
 * A place under a text: offer, look once more, waiting, shown or declined.
 * @param {Sheet} sheet
 * @param {string} field the field under which the text goes to the wall
 * @param {() => string} text what would be shown, "" while there is nothing to show
 */
export function wallAct(sheet, field, text) {
  const words = sheet.words.frame;
  const line = make("p", { class: "wb-wall-line" });
  const quote = make("blockquote", { class: "wb-quote", dir: "auto" });
  const warning = make("p", { class: "wb-warning" });
  const button = (/** @type {string} */ label, /** @type {() => void} */ onclick, kind = "") =>
    make("button", { type: "button", class: `wb-button ${kind}`, onclick }, label);
  const offer = button(words.wall_offer, () => look(true));
  const yes = button(words.wall_send, post, "wb-primary");
  const no = button(words.wall_not_yet, () => look(false));
  const back = button(words.wall_back, () => sheet.send({ do: "withdraw", field }));
  const check = make("div", { class: "wb-wall-check" }, make("p", {}, words.wall_look), quote, warning, make("div", { class: "wb-actions" }, yes, no));
  const element = make("div", { class: "wb-wall" }, shape("wall"), make("div", {}, line, check, make("div", { class: "wb-actions" }, offer, back)));
  let isLooking = false;
  /** @type {string | null} */
  let posted = null;

  function look(/** @type {boolean} */ isNow) {
    isLooking = isNow;
    update();
    (isNow ? yes : offer).focus();
  }

  function post() {
    isLooking = false;
    const sent = text();
    // The server takes the text that it has: first let it have this one.
    sheet.whenKept(() => {
      posted = sent;
      sheet.send({ do: "post", field });
    });
    update();
    line.tabIndex = -1;
    setText(line, words.wall_sending);
    line.focus();
  }

  function update() {
    const now = text().trim();
    const state = sheet.wall()[field] ?? "none";
    element.hidden = sheet.status().alone || (!now && state === "none");
    element.dataset.state = state;
    const isChanged = posted !== null && posted.trim() !== now;
    if (!now) isLooking = false;
    setText(line, words[`wall_${state}`] ?? words.wall_none);
    setText(offer, state === "none" ? words.wall_offer : words.wall_again);
    check.hidden = !isLooking;
    setText(quote, now);
    setText(warning, TELLING.some((pattern) => pattern.test(now)) ? words.wall_telling : "");
    offer.hidden = isLooking || !now || (state === "queued" && !isChanged) || state === "shown";
    back.hidden = isLooking || (state !== "queued" && state !== "approved");
  }

  update();
  return { element, update };
}
