/** What came of an exchange: the prediction beside it, the sentence, the drawings, the numbers and the knobs. */

import { fill, make, setText } from "./elements.js";
import { drawKnobs } from "./knobs.js";
import { privacyBadge } from "./privacy.js";
import { runChart } from "./run_chart.js";
import { runTable } from "./run_table.js";
import { shape } from "./shapes.js";
import { judgeExchange, runExchange } from "./simulation.js";

/** @typedef {import("./frame.js").Sheet} Sheet */
/** @typedef {import("./simulation.js").Verdict} Verdict */

/** Who left first, and why, in the sentence that exchange.py makes too. @param {Verdict} verdict @param {any} exercise @param {number} rounds */
export function whoLeftFirst(verdict, exercise, rounds) {
  const who = verdict.first ?? "nobody";
  const [round, stops] = [Math.min(verdict.follower ?? Infinity, verdict.leader ?? Infinity) + 1, (verdict.stops ?? 0) + 1];
  const reason = exercise.reasons[`${who}_${verdict.cause}`] ?? "";
  return fill(exercise.sentences[`${verdict.stops === null ? "works" : "stops"}_${who}`], { rounds, round, stops, reason });
}

/** What was predicted beside what came of it. @param {Sheet} sheet @param {any} preset @param {string} outcome */
function comparison(sheet, preset, outcome) {
  const words = sheet.words.exchange;
  const { options } = sheet.exercise().fields.find((/** @type {any} */ field) => field.key === preset.field);
  const label = (/** @type {string} */ key) => options.find((/** @type {any} */ option) => option.key === key)?.label ?? "";
  const predicted = sheet.answer()[preset.field];
  const isSame = predicted === outcome;
  const line = (/** @type {string} */ who, /** @type {string} */ key) => make("p", { class: "wb-said" }, make("span", {}, who), " ", make("strong", {}, label(key)));
  return [
    make("p", { class: "wb-verdict", "data-same": isSame }, shape(isSame ? "right" : "other"), isSame ? words.same : words.different),
    line(words.you, predicted),
    line(words.model, outcome),
  ];
}

/**
 * A run that can be changed with knobs.
 * @param {Sheet} sheet
 * @param {(key: string) => void} goOn to the next situation
 */
export function runView(sheet, goOn) {
  const words = sheet.words.exchange;
  const { panels, causes, fair, presets } = sheet.exercise();
  /** @type {any} */
  let preset = presets[0];
  /** @type {Record<string, number> | null} knobs that are being turned */
  let turning = null;
  const chart = runChart(words);
  const table = runTable(words);
  const knobs = drawKnobs(panels, words, turn);
  const compared = make("div", { class: "wb-compared" });
  const sentence = make("p", { class: "wb-run-sentence", tabindex: -1 });
  const lesson = make("p");
  const turned = make("span");
  const reset = make("button", { type: "button", class: "wb-button", onclick: putBack });
  const note = make("div", { class: "wb-turned" }, turned, reset);
  const next = make("button", { type: "button", class: "wb-button", onclick: () => goOn(following()) }, words.next);
  const badge = make("div");
  const fold = make("details", { class: "wb-fold wb-knobs" }, make("summary", {}, words.knobs), badge, make("p", { class: "wb-small" }, words.knobs_how), knobs.element, note);
  const board = make("div", { class: "wb-board" }, sentence, chart.first);
  const element = make("div", { class: "wb-run" }, compared, make("div", { class: "wb-run-body" }, board, chart.rest, lesson, table.element, fold), next);

  const settings = () => turning ?? sheet.answer().settings?.[preset.key] ?? {};
  const following = () => presets.find((/** @type {any} */ one) => !(sheet.answer().ran ?? []).includes(one.key))?.key;

  function turn(/** @type {string} */ key, /** @type {number} */ value, /** @type {boolean} */ isSettled) {
    const { [key]: _, ...others } = settings();
    turning = value === preset.parameters[key] ? others : { ...others, [key]: value };
    if (isSettled) keep();
    else drawRun();
  }

  function keep() {
    const own = turning ?? {};
    turning = null;
    sheet.write({ settings: { ...sheet.answer().settings, [preset.key]: own } }, true);
    sheet.say(tellRun());
  }

  function putBack() {
    turning = {};
    keep();
    knobs.set(preset.parameters);
    sentence.focus();
  }

  /** What shows while a knob moves, which must be done within a frame. */
  function drawRun() {
    const parameters = { ...preset.parameters, ...settings() };
    const isTurned = Object.keys(settings()).length > 0;
    const verdict = isTurned ? judgeExchange(parameters, causes, fair) : sheet.feedback().runs[preset.key];
    const rounds = runExchange(parameters);
    chart.show(rounds, verdict);
    setText(sentence, whoLeftFirst(verdict, sheet.exercise(), rounds.length));
    note.hidden = !isTurned;
    return rounds;
  }

  /** The same, with all that is read and not looked at; returns who left first. */
  function tellRun() {
    const rounds = drawRun();
    chart.tell(rounds);
    table.show(rounds);
    return sentence.textContent;
  }

  return {
    element,
    /** Brings what came of it in sight, and to a screen reader. */
    present() {
      compared.scrollIntoView({ block: "start" });
      sentence.focus({ preventScroll: true });
      chart.replay();
    },
    /** @param {any} now the preset on the table */
    show(now) {
      if (preset.key !== now.key) turning = null;
      preset = now;
      const { outcome: came, lesson: text } = sheet.feedback().runs[preset.key];
      compared.replaceChildren(...comparison(sheet, preset, came));
      setText(lesson, text);
      setText(turned, fill(words.turned, { preset: preset.label }));
      setText(reset, fill(words.reset, { preset: preset.label }));
      badge.replaceChildren(privacyBadge("A", sheet, true));
      next.hidden = !following();
      if (!turning) knobs.set({ ...preset.parameters, ...settings() });
      tellRun();
    },
  };
}
