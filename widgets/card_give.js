/**
 * Making a card, looking at it, and sending it to who asked for it.
 */

import { drawField } from "./any_field.js";
import { actLine, cardFace } from "./card_face.js";
import { fill, make, uniqueId } from "./elements.js";
import { ownText } from "./fields.js";
import { privacyBadge } from "./privacy.js";

/** @typedef {import("./frame.js").Sheet} Sheet */

const SENDING = 8000;

/** Where the code of a partner goes; an address may bring it along. @param {Sheet} sheet @param {() => void} check @param {() => void} typed */
function codeField(sheet, check, typed) {
  const words = sheet.words.card;
  const id = uniqueId("code");
  const box = make("input", {
    id, type: "text", class: "wb-text wb-code-box", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", maxlength: 20,
    oninput: () => (sheet.write({ code: box.value }), typed()), onchange: sheet.push,
  });
  const button = make("button", { type: "button", class: "wb-button", onclick: check }, words.check);
  const element = make("div", { class: "wb-field" }, make("label", { for: id, class: "wb-label" }, words.code), make("div", { class: "wb-code-row" }, box, button));
  // The address names the exercise, for a page may have several with a code.
  const brought = new URLSearchParams(location.search).get(sheet.exercise().id.split("/")[1]);
  if (brought) {
    // Once: the code is good for one card.
    history.replaceState(null, "", location.pathname + location.hash);
    sheet.write({ code: brought.slice(0, 20) });
  }
  function update() {
    const code = sheet.answer().code ?? "";
    if (box.value !== code) box.value = code;
  }
  return { element, update, box };
}

/** One more look at the card, and the act of sending it. @param {Sheet} sheet @param {() => void} send @param {() => void} back */
function lastLook(sheet, send, back) {
  const words = sheet.words.card;
  const face = make("div", {});
  const yes = make("button", { type: "button", class: "wb-button wb-primary", onclick: send }, words.send);
  const no = make("button", { type: "button", class: "wb-button", onclick: back }, words.not_yet);
  const element = make("div", { class: "wb-card-look" }, make("p", { tabindex: -1 }, words.look_first), face, make("div", { class: "wb-actions" }, yes, no));
  return {
    element,
    focus: () => element.firstElementChild.focus(),
    draw(/** @type {boolean} */ isSending) {
      face.replaceChildren(cardFace(sheet, sheet.answer()));
      yes.disabled = isSending;
    },
  };
}

/** Long cards wait, on a screen, until there is somebody to give one to. @param {Sheet} sheet @param {boolean} [isLong] */
export function giveCard(sheet, isLong = false) {
  const words = sheet.words.card;
  const { fields, card, given } = sheet.exercise();
  const code = codeField(sheet, check, wait);
  const drawn = card.map((/** @type {string} */ key) => drawField(sheet, fields.find((/** @type {any} */ one) => one.key === key)));
  const line = actLine(sheet, ["find", "give"]);
  const look = lastLook(sheet, send, () => show(false));
  const open = make("button", { type: "button", class: "wb-button wb-primary", onclick: () => isWhole() && show(true) }, words.look);
  const writing = make("fieldset", { class: "wb-card-writing" }, drawn.map((/** @type {any} */ one) => one.element));
  const number = make("p", { class: "wb-small" });
  const how = make("p", {}, words.give_how);
  const badge = privacyBadge("S", sheet, true);
  const element = make("section", { class: "wb-card-part" }, make("h4", {}, words.give), how, badge, code.element, writing, look.element, make("div", { class: "wb-actions" }, open), line.element, number);
  let isLooking = false;
  let isSending = false;

  function wait() {
    const isBegun = card.some((/** @type {string} */ key) => String(ownText(sheet, key)).trim());
    for (const part of [writing, open]) part.toggleAttribute("data-waits", isLong && !isBegun && !code.box.value.trim());
  }

  function isWhole() {
    const isWritten = card.every((/** @type {string} */ key) => String(ownText(sheet, key)).trim());
    const missing = !code.box.value.trim() ? words.problem_no_code : isWritten ? "" : words.problem_not_whole;
    line.say(missing);
    return !missing;
  }

  function check() {
    if (!code.box.value.trim()) line.say(words.problem_no_code);
    else sheet.send({ do: "find", code: code.box.value });
  }

  function show(/** @type {boolean} */ isNow) {
    isLooking = isNow;
    if (isNow) check();
    update();
    if (isNow) look.focus();
    else open.focus();
  }

  function send() {
    let isInTime = true;
    isSending = true;
    line.say(words.sending);
    update();
    setTimeout(() => {
      isInTime = false;
      if (!isSending) return;
      isSending = false;
      line.say(words.waits);
      update();
    }, SENDING);
    // What is sent is what was kept: first let the server have it.
    sheet.whenKept(() => isInTime && isSending && sheet.send({ do: "give", code: code.box.value }));
  }

  function update() {
    const said = line.update();
    if (said?.act === "give") {
      isSending = false;
      isLooking = isLooking && !said.ok;
    }
    const { alone } = sheet.status();
    for (const part of [how, code.element, open.parentElement, line.element]) part.hidden = alone;
    writing.disabled = isSending;
    writing.hidden = isLooking;
    open.hidden = isLooking;
    look.element.hidden = !isLooking;
    look.draw(isSending);
    const sent = sheet.exercise().given?.number;
    if (sent) number.replaceChildren(privacyBadge(given.privacy, sheet, true), ` ${fill(words.sent_number, { n: sent })}`);
    number.hidden = !sent;
    for (const one of [code, ...drawn]) one.update();
    wait();
  }

  update();
  return { element, update };
}
