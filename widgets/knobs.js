/**
 * Knobs of a model: a native slider and a number that move together, for mouse, thumb and keyboard.
 */

import { make, uniqueId } from "./elements.js";

/**
 * @typedef {{ key: string, label: string, unit: string, min: number, max: number, step: number, per: number }} Knob
 * @typedef {(key: string, value: number, isSettled: boolean) => void} Turn
 */

/** @param {Knob} knob @param {Record<string, string>} words @param {Turn} turn */
function drawKnob(knob, words, turn) {
  const id = uniqueId(knob.key);
  const unit = words[`unit_${knob.unit}`];
  const limits = { min: knob.min, max: knob.max, step: knob.step };
  const slider = make("input", { type: "range", id, ...limits, oninput: () => slid(false), onchange: () => slid(true) });
  const number = make("input", { type: "number", inputmode: "numeric", "aria-label": `${knob.label}, ${unit}`, ...limits, step: 1, oninput: () => typed(false), onchange: () => typed(true) });
  const element = make("div", { class: "wb-knob" }, make("label", { for: id }, knob.label), slider, make("span", { class: "wb-knob-number" }, number, make("span", { "aria-hidden": "true" }, unit)));

  function say() {
    slider.setAttribute("aria-valuetext", `${slider.value} ${unit}`);
  }

  function slid(/** @type {boolean} */ isSettled) {
    number.value = slider.value;
    say();
    turn(knob.key, Number(slider.value) / knob.per, isSettled);
  }

  /** While a number is typed it may be empty or out of bounds; what is left behind is not. */
  function typed(/** @type {boolean} */ isSettled) {
    const value = Math.round(Math.min(knob.max, Math.max(knob.min, number.valueAsNumber)));
    if (Number.isNaN(value)) return isSettled && slid(true);
    if (isSettled) number.value = String(value);
    slider.value = String(value);
    say();
    turn(knob.key, value / knob.per, isSettled);
  }

  return {
    element,
    /** @param {number} value as the model has it */
    set(value) {
      const shown = String(Math.round(value * knob.per));
      if (number.value !== shown) number.value = shown;
      slider.value = shown;
      say();
    },
  };
}

/**
 * Knobs under their headings.
 * @param {{ title: string, knobs: Knob[] }[]} panels
 * @param {Record<string, string>} words
 * @param {Turn} turn
 */
export function drawKnobs(panels, words, turn) {
  const drawn = new Map(panels.flatMap((panel) => panel.knobs.map((knob) => [knob.key, drawKnob(knob, words, turn)])));
  const element = make(
    "div",
    { class: "wb-panels" },
    panels.map((panel) => make("fieldset", { class: "wb-panel" }, make("legend", {}, panel.title), panel.knobs.map((knob) => drawn.get(knob.key)?.element))),
  );
  return {
    element,
    /** @param {Record<string, number>} parameters */
    set(parameters) {
      for (const [key, knob] of drawn) knob.set(parameters[key]);
    },
  };
}
