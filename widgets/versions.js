/**
 * Two versions of one answer: what was typed here, and what another device or tab saved.
 * Python decides which is the newest; a text that gave way waits here until somebody looks at it.
 */

import { fill, make } from "./elements.js";
import { storage } from "./storage.js";

/** @typedef {Record<string, any>} Answer */
/** @typedef {{ answer: Answer, base: Answer, typed: Record<string, number> }} Draft an answer, what it began with, and when each field was typed */

/** @param {any} value */
export const copy = (value) => JSON.parse(JSON.stringify(value ?? {}));

/** @param {any} one @param {any} other */
export const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** The name of what this browser keeps for an exercise of this participant. @param {any} model */
export const nameOf = (model) => `workbook:${document.documentElement.dataset.who ?? "alone"}:${model.get("exercise").id}`;

/** Reads a draft, also one of an earlier edition, which was the answer alone. @param {Answer | null} found @returns {Draft | null} */
export function draftOf(found) {
  if (!found) return null;
  const isDraft = [found.answer, found.base, found.typed].every((part) => part && typeof part === "object");
  return isDraft ? /** @type {Draft} */ (found) : { answer: found, base: {}, typed: {} };
}

/**
 * Takes over what the server holds, field by field, where nobody typed here meanwhile.
 * @param {Draft} draft is changed
 * @param {Answer} held by the server
 * @param {Answer} seen what was sent last, or what the page began with
 * @param {(key: string) => boolean} isHeld whether a field is kept back
 */
export function takeOver(draft, held, seen, isHeld) {
  const { answer, base } = draft;
  for (const key of new Set([...Object.keys(answer), ...Object.keys(base), ...Object.keys(held)])) {
    if (isHeld(key)) continue;
    const isUntouched = isSame(answer[key], seen[key]);
    if (isUntouched) put(answer, key, held[key]);
    if (isUntouched || isSame(held[key], seen[key]) || isSame(held[key], answer[key])) put(base, key, held[key]);
  }
}

/** @param {Answer} answer @param {string} key @param {any} value */
function put(answer, key, value) {
  if (value === undefined) delete answer[key];
  else answer[key] = value;
}

/** @param {any} text a text, or lines */
const asText = (text) => (Array.isArray(text) ? text.join("\n") : String(text));

/**
 * Offers the texts that gave way, until each is taken or left.
 * @param {import("./frame.js").Sheet} sheet
 * @param {any} model
 * @param {() => void} redraw shows the answer after it was changed here
 */
export function versionsPart(sheet, model, redraw) {
  const words = sheet.words.frame;
  const kept = storage(`${nameOf(model)}:versions`);
  const element = make("div", { class: "wb-versions", role: "group", tabindex: "-1", "aria-label": words.versions_title, hidden: true });

  const waiting = () => kept.read() ?? shown;
  /** @type {Answer} also where a browser keeps nothing */
  let shown = kept.read() ?? {};

  function keep(/** @type {Answer} */ next) {
    shown = next;
    kept.write(Object.keys(next).length ? next : null);
    draw();
  }

  function decide(/** @type {string} */ key, /** @type {boolean} */ isTaken) {
    const { [key]: text, ...others } = waiting();
    if (isTaken) {
      sheet.hold(key, false);
      sheet.write({ [key]: text }, true);
      redraw();
    }
    keep(others);
    sheet.say(isTaken ? words.versions_taken : words.versions_left);
    const next = element.hidden ? element.parentElement?.querySelector("textarea, input") : element;
    next?.focus();
  }

  /** @param {string} key @param {any} text */
  function offer(key, text) {
    const label = (sheet.exercise().fields ?? []).find((/** @type {any} */ field) => field.key === key)?.label ?? sheet.exercise().title;
    const title = fill(words.versions_other, { field: label });
    return make(
      "div",
      { class: "wb-version" },
      make("p", { class: "wb-label" }, title),
      make("blockquote", { class: "wb-version-text", dir: "auto" }, asText(text)),
      make("button", { type: "button", class: "wb-button", onclick: () => decide(key, true) }, words.versions_take),
      make("button", { type: "button", class: "wb-link", onclick: () => decide(key, false) }, words.versions_leave),
    );
  }

  function draw() {
    const entries = Object.entries(waiting());
    element.hidden = !entries.length;
    element.replaceChildren(...entries.map(([key, text]) => offer(key, text)));
  }

  function onVersions() {
    const found = model.get("versions") ?? {};
    if (!Object.keys(found).length) return;
    keep({ ...waiting(), ...found });
    sheet.say(words.versions_here);
  }

  model.on("change:versions", onVersions);
  draw();
  return { element, close: () => model.off("change:versions", onVersions) };
}
