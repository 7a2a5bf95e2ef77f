/**
 * Asking for a card, and deciding what becomes of the cards that came.
 */

import { actLine, cardFace } from "./card_face.js";
import { fill, make, uniqueId } from "./elements.js";

/** @typedef {import("./frame.js").Sheet} Sheet */

const SVG_NS = "http://www.w3.org/2000/svg";
const AT_MOST = 3;
const QUIET = 4; // the white edge without which a camera sees nothing

/** A QR code out of rows of 0 and 1. @param {string[]} rows @param {string} label */
function squares(rows, label) {
  const size = rows.length + 2 * QUIET;
  const drawing = document.createElementNS(SVG_NS, "svg");
  const path = document.createElementNS(SVG_NS, "path");
  const dark = rows.flatMap((row, y) => [...row].map((cell, x) => (cell === "1" ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : "")));
  path.setAttribute("d", dark.join(""));
  for (const [name, value] of Object.entries({ viewBox: `0 0 ${size} ${size}`, class: "wb-card-qr", role: "img", "aria-label": label })) drawing.setAttribute(name, value);
  drawing.append(path);
  return drawing;
}

/** One open invitation. @param {Sheet} sheet @param {any} one */
function invitation(sheet, one) {
  const words = sheet.words.card;
  const time = new Date(one.until).toLocaleTimeString("nl", { hour: "2-digit", minute: "2-digit" });
  const back = make("button", { type: "button", class: "wb-button", onclick: () => sheet.send({ do: "uninvite", code: one.code }) }, words.withdraw);
  const text = make("div", {}, make("p", { class: "wb-kicker" }, words.your_code), make("p", { class: "wb-card-code" }, one.code), make("p", { class: "wb-small" }, `${words.scan} ${fill(words.until, { time })}`), back);
  return make("li", { class: "wb-invitation" }, text, squares(one.qr, words.qr));
}

/** @param {Sheet} sheet */
export function askForCard(sheet) {
  const words = sheet.words.card;
  const list = make("ul", { class: "wb-invitations" });
  const line = actLine(sheet, ["invite", "uninvite"]);
  const invite = make("button", { type: "button", class: "wb-button wb-primary", onclick: () => sheet.send({ do: "invite" }) }, words.invite);
  const enough = make("p", { class: "wb-hint" }, words.enough);
  const element = make("section", { class: "wb-card-part" }, make("h4", {}, words.receive), make("p", {}, words.receive_how), list, make("div", { class: "wb-actions" }, invite), enough, line.element);
  /** @type {any[]} */
  let shown = [];

  function update() {
    const invitations = sheet.mail().invitations ?? [];
    const codes = invitations.map((/** @type {any} */ one) => one.code);
    if (codes.join() !== shown.join()) list.replaceChildren(...invitations.map((/** @type {any} */ one) => invitation(sheet, one)));
    if (shown.some((code) => !codes.includes(code))) line.forget("invite");
    shown = codes;
    invite.hidden = invitations.length >= AT_MOST;
    enough.hidden = !invite.hidden;
    line.update();
    element.hidden = sheet.status().alone;
  }

  update();
  return { element, update };
}

/** The way to throw a card away: asked once more, for its text is really gone then. @param {Sheet} sheet @param {string} label @param {() => void} throwAway */
function away(sheet, label, throwAway) {
  const words = sheet.words.card;
  const ask = make("button", { type: "button", class: "wb-button", onclick: () => turn(true) }, label);
  const yes = make("button", { type: "button", class: "wb-button", onclick: throwAway }, words.away_yes);
  const no = make("button", { type: "button", class: "wb-button", onclick: () => turn(false) }, words.away_no);
  const sure = make("div", { class: "wb-question", hidden: true }, make("p", { tabindex: -1 }, words.away_sure), make("div", { class: "wb-actions" }, yes, no));
  function turn(/** @type {boolean} */ isAsked) {
    sure.hidden = !isAsked;
    ask.hidden = isAsked;
    (isAsked ? sure.firstElementChild : ask).focus();
  }
  return [ask, sure];
}

/** One card that came. @param {Sheet} sheet @param {any} card @param {number} number */
function received(sheet, card, number) {
  const words = sheet.words.card;
  const { keep } = sheet.exercise(); // without it, a card is kept until it is thrown away
  const name = uniqueId("keep");
  const options = (keep?.options ?? []).filter((/** @type {any} */ one) => one.key !== "away");
  const radios = options.map((/** @type {any} */ one) => make("input", { type: "radio", name, value: one.key, onchange: () => decide(one.key) }));
  const labels = options.map((/** @type {any} */ one, /** @type {number} */ at) => make("label", { class: "wb-option" }, radios[at], make("span", {}, one.label)));
  const throwing = away(sheet, keep?.options.find((/** @type {any} */ one) => one.key === "away").label ?? words.away, () => decide("away"));
  const choice = keep && make("fieldset", { class: "wb-choice wb-chips" }, make("legend", { class: "wb-label" }, keep.label), make("div", { class: "wb-options" }, labels));
  const element = make("li", { class: "wb-card-got" }, make("h5", {}, fill(words.got, { n: number })), cardFace(sheet, card), make("p", { class: "wb-card-thanks" }, words.thanks), choice, throwing);

  function decide(/** @type {string} */ key) {
    const { cards = [], choices = {} } = sheet.answer();
    const left = key === "away" ? cards.filter((/** @type {any} */ one) => one.id !== card.id) : cards;
    sheet.write({ cards: left, choices: { ...choices, [card.id]: key } }, true);
    if (key === "away") {
      element.remove();
      sheet.say(words.away_done);
    }
  }
  function update() {
    for (const radio of radios) radio.checked = sheet.answer().choices?.[card.id] === radio.value;
  }
  update();
  return { id: card.id, element, update };
}

/** @param {Sheet} sheet */
export function receivedCards(sheet) {
  const words = sheet.words.card;
  const element = make("ul", { class: "wb-cards-got", "aria-label": words.receive });
  /** @type {ReturnType<typeof received>[]} */
  let drawn = [];
  let isDrawn = false;

  function update() {
    const isAway = (/** @type {any} */ one) => sheet.answer().choices?.[one.id] === "away";
    const cards = (sheet.exercise().cards ?? []).filter((/** @type {any} */ one) => !isAway(one));
    const known = new Map(drawn.map((one) => [one.id, one]));
    const isNew = cards.some((/** @type {any} */ one) => !known.has(one.id));
    drawn = cards.map((/** @type {any} */ one, /** @type {number} */ at) => known.get(one.id) ?? received(sheet, one, at + 1));
    const elements = drawn.map((one) => one.element);
    const isSame = elements.length === element.children.length && elements.every((one, at) => one === element.children[at]);
    if (!isSame) element.replaceChildren(...elements);
    if (isNew && isDrawn) sheet.say(words.new_card);
    isDrawn = true;
    drawn.forEach((one) => one.update());
    element.hidden = !drawn.length;
  }

  update();
  return { element, update };
}
