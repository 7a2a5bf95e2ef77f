/** Cards to place in groups: tap, drag or keyboard; the explanation comes when all of them have a place. */

import { letDrag } from "../drag.js";
import { fill, make, setAttribute, setText, uniqueId } from "../elements.js";
import { drawExplanation } from "../explanation.js";
import { frame } from "../frame.js";
import { shape } from "../shapes.js";

/** @typedef {import("../frame.js").Sheet} Sheet */

/** @param {Sheet} sheet */
function draw(sheet) {
  const words = sheet.words.sort_cards;
  const { groups } = sheet.exercise();
  /** @type {string | null} a card that was taken up again */
  let taken = null;
  /** @type {string[]} cards to come back to at the end */
  let later = [];
  let isWaiting = false;

  const placed = () => sheet.answer().placed ?? {};
  const isDone = () => Boolean(sheet.answer().done);

  /** The cards in the participant's own order; none while the browser's draft is of another form. */
  function cards() {
    const all = sheet.exercise().cards ?? [];
    const order = sheet.answer().order ?? all.map((/** @type {any} */ card) => card.id);
    const known = order.map((/** @type {string} */ id) => all.find((/** @type {any} */ card) => card.id === id));
    return known.every(Boolean) ? known : [];
  }

  function open() {
    const free = cards().filter((/** @type {any} */ card) => !placed()[card.id]);
    const put = (/** @type {any} */ card) => later.lastIndexOf(card.id);
    return free.sort((/** @type {any} */ one, /** @type {any} */ other) => put(one) - put(other));
  }

  const current = () => cards().find((/** @type {any} */ card) => card.id === taken) ?? open()[0] ?? null;
  const labelOf = (/** @type {string} */ key) => groups.find((/** @type {any} */ group) => group.key === key)?.label ?? "";

  const cardId = uniqueId("card");
  const progress = make("p", { class: "wb-progress", role: "status" });
  const meter = make("span", { class: "wb-meter", "aria-hidden": "true" }, make("span", {}));
  const text = make("p", { class: "wb-card-text", id: cardId, "aria-live": "polite" });
  const grip = make("span", { class: "wb-grip", "aria-hidden": "true", title: words.drag }, shape("grip"));
  const card = make("div", { class: "wb-card" }, grip, text);
  const wait = make("button", { type: "button", class: "wb-link", onclick: putOff }, words.later);
  const buttons = groups.map((/** @type {any} */ group) =>
    make("button", { type: "button", class: "wb-group", "data-group": group.group, "data-drop": group.key, "aria-describedby": cardId, onkeydown: once, onclick: tap(group.key) }, shape(group.group), make("span", {}, group.label)),
  );
  const choose = make("div", { class: "wb-groups", role: "group", "aria-label": words.where }, buttons);
  const lists = groups.map((/** @type {any} */ group) => make("ul", { class: "wb-pile-cards", "aria-label": group.label }));
  const counts = groups.map(() => make("span", { class: "wb-pile-count" }));
  const piles = make("div", { class: "wb-piles" }, groups.map((/** @type {any} */ group, /** @type {number} */ index) =>
    make("div", { class: "wb-pile", "data-group": group.group, "data-drop": group.key }, make("h4", {}, shape(group.group), make("span", {}, group.label), counts[index]), lists[index]),
  ));
  const finish = make("button", { type: "button", class: "wb-button wb-primary", onclick: showWhy }, words.done);
  const ready = make("p", { tabindex: -1 }, words.all_placed);
  const all = make("div", { class: "wb-all-placed" }, ready, finish);
  const table = make("div", { class: "wb-table" }, card, wait, choose);
  const paper = make("table", { class: "wb-paper-cards", "aria-hidden": "true" });
  const sorting = make("div", {}, paper, make("div", { class: "wb-progress-line" }, progress, meter), table, all, piles);
  const reading = make("div", {});
  const element = make("div", { class: "wb-sort" }, sorting, reading);

  function place(/** @type {string | undefined} */ id, /** @type {string} */ group) {
    if (!id || isDone()) return;
    const { form, order } = sheet.answer();
    taken = null;
    sheet.write({ form, order, placed: { ...placed(), [id]: group }, done: false }, true);
    update();
    if (open().length === 0) ready.focus();
  }

  /** The second half of a double tap is not meant for the next card. @param {string} group */
  function tap(group) {
    return (/** @type {MouseEvent} */ event) => event.detail < 2 && place(current()?.id, group);
  }

  /** A key that is held down places one card, not all of them. @param {KeyboardEvent} event */
  function once(event) {
    if (event.repeat) event.preventDefault();
  }

  function putOff() {
    const id = current()?.id;
    taken = null;
    later = [...later.filter((one) => one !== id), id];
    update();
  }

  function takeUp(/** @type {any} */ one) {
    taken = one.id;
    update();
    buttons[0].focus();
    card.scrollIntoView({ block: "nearest" });
  }

  function showWhy(/** @type {MouseEvent} */ event) {
    if (event.detail > 1) return;
    isWaiting = true;
    sheet.write({ done: true }, true);
    update();
  }

  /** One placed card: a tap takes it up again, a drag moves it. @param {any} one */
  function placedCard(one) {
    const button = make("button", { type: "button", class: "wb-placed", "aria-pressed": String(taken === one.id), "aria-label": fill(words.take_up, { card: one.text }), onclick: () => takeUp(one) }, one.text);
    letDrag(button, null, (group) => place(one.id, group));
    return make("li", {}, button);
  }

  /** On paper all cards stand below each other, with a box per group to tick. */
  function drawPaper() {
    const head = make("tr", {}, make("th", {}), groups.map((/** @type {any} */ group) => make("th", {}, group.label)));
    const boxes = (/** @type {any} */ one) => groups.map((/** @type {any} */ group) => make("td", { "data-placed": placed()[one.id] === group.key }));
    paper.replaceChildren(head, ...cards().map((/** @type {any} */ one) => make("tr", {}, make("td", {}, one.text), boxes(one))));
  }

  function drawSorting() {
    drawPaper();
    const rest = open().length;
    const now = current();
    setText(progress, fill(words[["none_left", "one_left"][rest] ?? "left"], { left: rest, all: cards().length }));
    meter.firstElementChild.style.inlineSize = `${100 * (1 - rest / Math.max(1, cards().length))}%`;
    setText(text, now?.text ?? "");
    table.hidden = !now;
    wait.hidden = rest < 2 || taken !== null;
    all.hidden = rest > 0 || taken !== null || !cards().length;
    groups.forEach((/** @type {any} */ group, /** @type {number} */ index) => {
      const here = cards().filter((/** @type {any} */ one) => placed()[one.id] === group.key);
      setText(counts[index], String(here.length));
      lists[index].replaceChildren(...here.map(placedCard));
      setAttribute(buttons[index], "aria-pressed", taken ? String(placed()[taken] === group.key) : null);
    });
    piles.hidden = Object.keys(placed()).length === 0;
  }

  function drawReading() {
    const feedback = sheet.feedback();
    if (!feedback.cards) return reading.replaceChildren(make("p", { class: "wb-note" }, words.coming));
    reading.replaceChildren(drawExplanation(cards(), groups, placed(), feedback, words));
    if (isWaiting) reading.querySelector(".wb-score")?.focus();
    isWaiting = false;
  }

  function update() {
    const isReading = isDone() && cards().length > 0;
    sorting.hidden = isReading;
    reading.hidden = !isReading;
    if (isReading) drawReading();
    else drawSorting();
  }

  letDrag(card, grip, (group) => place(current()?.id, group));
  update();
  return { element, update };
}

export default frame(draw, { hasOwnFeedback: true });
