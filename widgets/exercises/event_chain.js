/** The links of one event below each other, one of them open; and the whole chain as one line. */

import { drawField } from "../any_field.js";
import { fill, make, setAttribute, setText, uniqueId } from "../elements.js";
import { frame } from "../frame.js";
import { shape } from "../shapes.js";

/** @typedef {import("../frame.js").Sheet} Sheet */
/** @typedef {{ key: string, title: string, fields: string[] }} Link */

/** The field with this key. @param {Sheet} sheet @param {string} key */
const fieldNamed = (sheet, key) => sheet.exercise().fields.find((/** @type {any} */ one) => one.key === key);

/** What was filled in, in words; "" while it is empty. @param {Sheet} sheet @param {string} key */
function saidIn(sheet, key) {
  const value = sheet.answer()[key] ?? "";
  if (!Array.isArray(value)) return String(value).trim();
  const chosen = fieldNamed(sheet, key).options.filter((/** @type {any} */ option) => value.includes(option.key));
  return chosen.map((/** @type {any} */ option) => option.label).join(", ");
}

/** @param {Sheet} sheet @param {Link} link */
const saidOf = (sheet, link) => link.fields.map((key) => saidIn(sheet, key)).filter(Boolean).join(" · ");

/** @param {Sheet} sheet @param {Link} link */
const isFilled = (sheet, link) => link.fields.every((key) => saidIn(sheet, key));

/** What is said when an event is too big, and a way to begin again. @param {Sheet} sheet @param {() => void} begin */
function drawGate(sheet, begin) {
  const words = sheet.words.event_chain;
  const text = make("p", {});
  const smaller = make("button", { type: "button", class: "wb-button", onclick: begin }, words.smaller);
  const panel = make("div", { class: "wb-question" }, text, make("p", { class: "wb-small" }, words.only_you), make("div", { class: "wb-actions" }, smaller));
  function update(/** @type {string | undefined} */ said) {
    panel.hidden = !said;
    setText(text, said ?? "");
  }
  update(undefined);
  return { element: make("div", { role: "status" }, panel), update };
}

/** One link: its head opens it, and shows what was written while it is shut. @param {Sheet} sheet @param {Link} link @param {{ open: () => void, next: () => void, nextLabel: string, begin: () => void }} acts */
function drawLink(sheet, link, { open, next, nextLabel, begin }) {
  const id = uniqueId(link.key);
  const said = make("span", { class: "wb-chain-said", dir: "auto" });
  const head = make("button", { type: "button", class: "wb-chain-head", "aria-controls": id, onclick: open }, shape(link.key), make("span", { class: "wb-chain-title" }, link.title), said);
  const fields = link.fields.map((key) => drawField(sheet, fieldNamed(sheet, key)));
  const gate = drawGate(sheet, begin);
  const onward = make("button", { type: "button", class: "wb-button wb-primary", onclick: next }, nextLabel);
  const panel = make("div", { class: "wb-chain-panel", id }, fields.map((field) => field.element), gate.element, onward);
  const element = make("li", { class: "wb-chain-link", "data-group": link.key }, make("h4", {}, head), panel);

  function update(/** @type {{ isOpen: boolean, isAllowed: boolean, gate: string | undefined }} */ { isOpen, isAllowed, gate: words }) {
    setAttribute(head, "aria-expanded", String(isOpen));
    head.disabled = !isAllowed;
    setText(said, isOpen || !isAllowed ? "" : saidOf(sheet, link));
    panel.hidden = !isOpen;
    gate.update(words);
    onward.hidden = Boolean(words);
    for (const field of fields) field.update();
  }

  return { element, update, focus: () => head.focus() };
}

/** @param {Sheet} sheet */
function draw(sheet) {
  const words = sheet.words.event_chain;
  /** @type {Link[]} */
  const links = sheet.exercise().links;
  let current = links.findIndex((link) => !isFilled(sheet, link));
  const drawn = links.map((link, index) =>
    drawLink(sheet, link, {
      open: () => go(current === index ? -1 : index),
      next: () => go(index + 1 < links.length ? index + 1 : -1),
      nextLabel: index + 1 < links.length ? fill(words.next, links[index + 1]) : words.done,
      begin,
    }),
  );
  const lineId = uniqueId("line");
  const parts = links.map((link) => make("li", { "data-group": link.key, dir: "auto" }));
  const line = make("section", { class: "wb-chain-line", "aria-labelledby": lineId }, make("h4", { class: "wb-kicker", id: lineId, tabindex: -1 }, words.line), make("ol", {}, parts));

  /** Opens one link, or none. @param {number} index */
  function go(index) {
    const isForward = index !== current;
    const before = current;
    current = index;
    sheet.push();
    update();
    if (index >= 0 && isForward) drawn[index].focus();
    else if (index < 0 && before === links.length - 1 && !line.hidden) line.firstElementChild.focus();
  }

  function begin() {
    sheet.write(Object.fromEntries(links.flatMap((link) => link.fields).map((key) => [key, undefined])), true);
    go(0);
    sheet.say(words.cleared);
  }

  /** The gate that Python shut, and the link at which it stands. */
  function gateNow() {
    const { gate } = sheet.feedback();
    const isStill = gate && sheet.answer()[gate.field] !== undefined;
    return isStill ? { at: links.findIndex((link) => link.fields.includes(gate.field)), text: gate.text } : { at: links.length, text: undefined };
  }

  function update() {
    const gate = gateNow();
    if (current > gate.at) current = gate.at;
    drawn.forEach((link, index) => link.update({ isOpen: index === current, isAllowed: index <= gate.at, gate: index === gate.at ? gate.text : undefined }));
    line.hidden = Boolean(gate.text) || !links.every((link) => isFilled(sheet, link));
    links.forEach((link, index) => setText(parts[index], saidOf(sheet, link)));
  }

  update();
  return { element: make("div", { class: "wb-event-chain" }, make("ol", { class: "wb-chain" }, drawn.map((link) => link.element)), line), update };
}

export default frame(draw);
