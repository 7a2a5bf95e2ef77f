/** A situation with a choice; what comes of it is drawn when Python tells it. */

import { make, paragraphs, setAttribute, setText, uniqueId } from "../elements.js";
import { textField } from "../fields.js";
import { frame } from "../frame.js";
import { privacyBadge } from "../privacy.js";
import { shape } from "../shapes.js";

/** @typedef {import("../frame.js").Sheet} Sheet */
/** @typedef {{ key: string, label: string, consequence: string, effects: Record<string, number> }} Road */

/** What an effect is called, and its sign. @type {Record<string, [string, string]>} */
const EFFECTS = { 1: ["brings", "up"], 0: ["same", "level"], "-1": ["costs", "down"] };

/** The three small judgements about one road. @param {Road} road @param {Record<string, string>} words */
function effects(road, words) {
  const lines = ["now", "other", "later"].map((about) => {
    const [name, sign] = EFFECTS[road.effects[about]];
    const word = make("span", { class: "wb-effect-word" }, shape(sign), words[name]);
    return make("li", { class: "wb-effect", "data-effect": name }, make("span", {}, words[`for_${about}`]), word);
  });
  return make("ul", { class: "wb-effects" }, lines);
}

/** What came of the choice. @param {any} told @param {Record<string, string>} words @param {HTMLElement} own the question about one's own work */
function story(told, words, own) {
  const others = told.others.map((/** @type {Road} */ road) =>
    make("li", { class: "wb-other-road" }, make("h5", {}, road.label), make("p", {}, road.consequence), effects(road, words)),
  );
  const id = uniqueId("story");
  const heading = make("h4", { class: "wb-kicker", id, tabindex: -1 }, words.happens);
  return make(
    "section",
    { class: "wb-story", "aria-labelledby": id },
    heading,
    make("p", { class: "wb-consequence" }, told.taken.consequence),
    effects(told.taken, words),
    make("p", { class: "wb-small" }, words.judgement),
    make("div", { class: "wb-about" }, make("h4", { class: "wb-kicker" }, words.about), paragraphs(told.text)),
    own,
    make("details", { class: "wb-other-roads" }, make("summary", {}, words.not_taken), make("ul", {}, others)),
  );
}

/** @param {Sheet} sheet */
function draw(sheet) {
  const words = sheet.words.scenario;
  const [choice, text] = sheet.exercise().fields;
  const order = sheet.answer().order ?? [];
  const place = (/** @type {any} */ option) => order.indexOf(option.key);
  const options = [...choice.options].sort((one, other) => place(one) - place(other));
  /** @type {any} the feedback that is drawn */
  let shown = null;
  let isWaiting = false;

  const marks = options.map(() => make("span", { class: "wb-road-mark" }, shape("right"), words.yours));
  const roads = options.map((option, index) =>
    make("button", { type: "button", class: "wb-road", onclick: () => choose(option.key) }, make("span", {}, option.label), marks[index]),
  );
  const id = uniqueId("roads");
  const hint = make("p", { class: "wb-hint", id: `${id}-hint` });
  const group = make(
    "div",
    { class: "wb-roads", role: "group", "aria-labelledby": id, "aria-describedby": hint.id },
    make("p", { class: "wb-label", id }, choice.label),
    roads,
    hint,
  );
  const field = textField(sheet, text);
  const own = make("div", { class: "wb-own-work" }, privacyBadge(text.privacy, sheet, true), field.element);
  const after = make("div", {});

  const chosen = () => sheet.answer()[choice.key];

  function choose(/** @type {string} */ key) {
    if (key === chosen()) return;
    isWaiting = true;
    sheet.write({ [choice.key]: key }, true);
    update();
  }

  /** The story of the road that is chosen now, not of the one before it. */
  function tell() {
    const told = sheet.feedback().taken?.key === chosen() ? sheet.feedback() : null;
    if (told === shown && after.hasChildNodes()) return;
    shown = told;
    after.replaceChildren(told ? story(told, words, own) : make("p", { class: "wb-note", role: "status" }, words.coming));
    if (told && isWaiting) after.querySelector("h4").focus();
    if (told) isWaiting = false;
  }

  function update() {
    options.forEach((option, index) => {
      setAttribute(roads[index], "aria-pressed", String(option.key === chosen()));
      marks[index].hidden = option.key !== chosen();
    });
    setText(hint, chosen() ? words.change : words.choose);
    after.hidden = !chosen();
    if (chosen()) tell();
    field.update();
  }

  update();
  return { element: make("div", { class: "wb-scenario" }, group, after), update };
}

export default frame(draw, { hasOwnFeedback: true });
