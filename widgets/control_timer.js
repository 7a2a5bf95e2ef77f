/**
 * The countdown that the projector and the phones show too.
 */

import { exercisesOf, liveButton } from "./control_panels.js";
import { clockText, countdown } from "./countdown.js";
import { make, setText, uniqueId } from "./elements.js";

const USUAL = 5;

/** @param {import("./control_panels.js").Tools} tools @returns {import("./control_panels.js").Panel & { close: () => void }} */
export function timerPanel({ say, send, busy }) {
  const id = uniqueId("minutes");
  const minutes = make("input", { type: "number", id, min: 1, max: 180, inputmode: "numeric", class: "wb-control-time" });
  const field = make("div", { class: "wb-control-start" }, make("label", { for: id }, say("timer_minutes")), minutes);
  const shown = make("p", { class: "wb-control-countdown", role: "timer" });
  const note = make("p", { class: "wb-control-hint" });
  const act = (/** @type {string} */ name, more = {}) => (/** @type {any} */ event) => send({ do: "timer", act: name, ...more }, event);
  const wanted = () => Math.min(Math.max(Math.round(Number(minutes.value)) || USUAL, 1), 180);
  const buttons = {
    start: liveButton("is-yes", (event) => send({ do: "timer", act: "start", minutes: wanted() }, event), busy),
    pause: liveButton("", act("pause"), busy),
    resume: liveButton("is-yes", act("resume"), busy),
    less: liveButton("", act("less"), busy),
    more: liveButton("", act("more"), busy),
    stop: liveButton("", act("stop"), busy),
  };
  const row = make("div", { class: "wb-control-buttons" }, ...Object.values(buttons).map((one) => one.node));
  const node = make("section", { class: "wb-panel wb-control-timer" }, make("h2", {}, say("timer")), shown, field, row, note);
  const clock = countdown((now) => {
    setText(shown, now ? clockText(now.left) : "");
    const state = !now ? "timer_idle" : now.left === 0 ? "timer_over" : now.running ? "timer_runs" : "timer_paused";
    setText(note, say(state));
  });
  let here = "";
  const draw = (/** @type {any} */ overview) => {
    const { timer, here: at } = overview.day;
    const free = !overview.session.ended;
    const exercise = exercisesOf(overview).find((/** @type {any} */ one) => one.id === at);
    if (here !== String(at)) minutes.value = String(exercise?.minutes ?? USUAL);
    here = String(at);
    shown.hidden = !timer;
    field.hidden = Boolean(timer);
    buttons.start.node.hidden = Boolean(timer);
    buttons.pause.node.hidden = !timer?.running;
    buttons.resume.node.hidden = !timer || timer.running;
    for (const key of ["less", "more", "stop"]) buttons[/** @type {"less"} */ (key)].node.hidden = !timer;
    for (const [key, button] of Object.entries(buttons)) button.draw(say(`timer_${key}`), free);
    clock.set(timer);
  };
  return { node, draw, close: clock.close };
}
