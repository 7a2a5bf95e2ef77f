/** Predict what comes of an exchange, see the model run, and turn its knobs. */

import { make, setText } from "../elements.js";
import { choiceField, textField } from "../fields.js";
import { frame } from "../frame.js";
import { privacyBadge } from "../privacy.js";
import { runView } from "../run_view.js";
import { shape } from "../shapes.js";

/** @typedef {import("../frame.js").Sheet} Sheet */

/** The situations as buttons; a sign says which of them ran. @param {Sheet} sheet @param {(key: string) => void} choose */
function picker(sheet, choose) {
  const words = sheet.words.exchange;
  const options = sheet.exercise().presets.map((/** @type {any} */ preset) => {
    const sign = make("span", { class: "wb-ran" }, shape("right"), make("span", { class: "wb-unseen" }, words.ran));
    const button = make("button", { type: "button", class: "wb-situation", onclick: () => choose(preset.key) }, make("span", {}, preset.label), sign);
    return { key: preset.key, button, sign };
  });
  return {
    element: make("div", { class: "wb-situations", role: "group", "aria-label": words.situation }, options.map((/** @type {any} */ one) => one.button)),
    /** @param {string} current @param {string[]} ran */
    show(current, ran) {
      for (const { key, button, sign } of options) {
        button.setAttribute("aria-pressed", String(key === current));
        sign.hidden = !ran.includes(key);
      }
    },
  };
}

/** The predictions, of which one is asked at a time, and the button that lets the model run. @param {Sheet} sheet @param {() => void} run */
function predictions(sheet, run) {
  const words = sheet.words.exchange;
  const { fields, presets } = sheet.exercise();
  const choices = presets.map((/** @type {any} */ preset) => {
    const field = fields.find((/** @type {any} */ one) => one.key === preset.field);
    return { key: preset.key, ...choiceField(sheet, field, { legend: words.predict }) };
  });
  let asked = "";
  const badge = make("div");
  const missing = make("p", { class: "wb-field-problem", role: "alert" });
  const start = make("button", { type: "button", class: "wb-button wb-primary", onclick: run }, words.run);
  return {
    element: make("div", { class: "wb-predict", onchange: () => setText(missing, "") }, badge, choices.map((/** @type {any} */ one) => one.element), missing, start),
    /** @param {string} current */
    ask(current) {
      asked = current;
      setText(missing, words.predict_first);
      choices.find((/** @type {any} */ one) => one.key === current)?.element.querySelector("input")?.focus();
    },
    /** @param {string} current */
    show(current) {
      if (current !== asked) setText(missing, "");
      badge.replaceChildren(privacyBadge("C", sheet, true));
      for (const one of choices) {
        one.element.hidden = one.key !== current;
        one.update();
      }
    },
  };
}

/** @param {Sheet} sheet */
function draw(sheet) {
  const words = sheet.words.exchange;
  const { presets, fields } = sheet.exercise();
  const ran = () => sheet.answer().ran ?? [];
  let current = ran().at(-1) ?? presets[0].key;
  let isWaiting = false;

  const pick = picker(sheet, choose);
  const title = make("h4", { tabindex: -1 });
  const story = make("p");
  const predict = predictions(sheet, run);
  const coming = make("p", { class: "wb-note" }, words.coming);
  const seen = runView(sheet, choose);
  const explain = textField(sheet, fields.find((/** @type {any} */ field) => field.kind === "text"));
  const badge = make("div");
  const explained = make("div", { class: "wb-explain" }, badge, explain.element);
  const honesty = make("p", { class: "wb-honest" });
  const card = make("div", { class: "wb-story" }, title, story);
  const element = make("div", { class: "wb-exchange" }, pick.element, card, predict.element, coming, seen.element, explained, honesty);

  function choose(/** @type {string} */ key) {
    current = key;
    update();
    title.focus();
  }

  function run() {
    const preset = presets.find((/** @type {any} */ one) => one.key === current);
    if (!sheet.answer()[preset.field]) return predict.ask(current);
    isWaiting = true;
    sheet.write({ ran: [...ran(), current] }, true);
    update();
  }

  function update() {
    const now = sheet.exercise().presets.find((/** @type {any} */ one) => one.key === current);
    const hasRun = ran().includes(current);
    const isShown = hasRun && Boolean(sheet.feedback().runs?.[current]);
    pick.show(current, ran());
    setText(title, now.label);
    setText(story, now.story);
    setText(honesty, sheet.exercise().honesty);
    predict.element.hidden = hasRun;
    predict.show(current);
    coming.hidden = !hasRun || isShown;
    seen.element.hidden = !isShown;
    if (isShown) seen.show(now);
    explained.hidden = ran().length === 0;
    badge.replaceChildren(privacyBadge("A", sheet, true));
    explain.update();
    if (isShown && isWaiting) {
      isWaiting = false;
      seen.present();
    }
  }

  update();
  return { element, update };
}

export default frame(draw);
