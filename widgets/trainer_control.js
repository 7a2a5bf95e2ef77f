/**
 * The trainer's control. Python decides; this page draws and sends one command at a time.
 */

import { fill, make, setText } from "./elements.js";
import { stayConnected } from "./live.js";
import { drawResult } from "./result.js";
import { clockPanel } from "./control_clock.js";
import { keysPanel } from "./control_keys.js";
import { notesPanel } from "./control_notes.js";
import { nextPanel } from "./control_now.js";
import { endPanel, projectorPanel, sessionPanel } from "./control_panels.js";
import { orderPanel } from "./control_order.js";
import { timerPanel } from "./control_timer.js";
import { wallPanel } from "./control_wall.js";

const REST = 400; // by then a double click is over
const ANSWER_WITHIN = 10000;

/**
 * Sends one command at a time, so that a double click never does something twice.
 * @param {any} model
 * @param {(state: "busy" | "done" | "failed" | "rested") => void} tell
 */
function commander(model, tell) {
  let ticket = "";
  let isResting = false;
  /** @type {number | undefined} */
  let patience;
  const finish = (/** @type {"done" | "failed"} */ state) => {
    clearTimeout(patience);
    ticket = "";
    isResting = true;
    setTimeout(() => {
      isResting = false;
      tell("rested");
    }, REST);
    tell(state);
  };
  model.on("change:answered", () => {
    if (!ticket || model.get("answered") !== ticket) return;
    finish(model.get("problem").text ? "failed" : "done");
  });
  return {
    busy: () => ticket !== "" || isResting,
    /** @param {object} command @param {UIEvent} event a click, or a key anywhere on the page */
    send(command, event) {
      const button = event.currentTarget instanceof HTMLElement ? event.currentTarget : null;
      if (button?.getAttribute("aria-disabled") === "true") return;
      if (ticket || isResting || event.detail > 1) return;
      ticket = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
      tell("busy");
      model.send({ ...command, ticket });
      patience = setTimeout(() => finish("failed"), ANSWER_WITHIN);
    },
  };
}

/** The server's time: the clocks of two devices need not agree. @param {any} model */
function serverClock(model) {
  let ahead = 0;
  model.on("msg:custom", (/** @type {any} */ message) => {
    if (message?.now) ahead = message.now - Date.now() / 1000;
  });
  model.send({ do: "ping" });
  return () => Date.now() / 1000 + ahead;
}

/** @param {{ model: any, el: HTMLElement }} context */
function render({ model, el }) {
  const { control: words, result: resultWords } = model.get("words");
  const say = (/** @type {string} */ key, values = {}) => fill(words[key] ?? key, values);
  const status = make("p", { class: "wb-control-status", role: "status" });
  const lost = make("p", { class: "wb-control-lost", role: "alert", hidden: "" });

  let isConnected = true;

  /** Says what keeps this page or its people from being saved. */
  function warn() {
    const { trouble } = model.get("overview");
    const text = isConnected ? trouble && say(`trouble_${trouble}`) : say("lost");
    lost.hidden = !text;
    setText(lost, text || "");
  }

  const commands = commander(model, (state) => {
    draw();
    if (state === "rested") return;
    const { code = "", text } = model.get("problem");
    setText(status, state === "failed" ? text ?? say("problem_other") : say(state));
    // What the other device did already is no failure.
    status.dataset.state = code.startsWith("already") ? "done" : state;
  });
  /** @param {any} result */
  const preview = (result) => drawResult(result, resultWords);
  const tools = { say, preview, status, send: commands.send, busy: commands.busy };
  const now = serverClock(model);
  const steps = nextPanel(tools);
  const clock = clockPanel({ ...tools, now });
  const timer = timerPanel(tools);
  const keys = keysPanel(tools, steps.press);
  const panels = [
    sessionPanel(tools),
    steps,
    clock,
    timer,
    notesPanel(tools),
    projectorPanel(tools),
    orderPanel(tools),
    wallPanel(tools),
    endPanel(tools),
    keys,
  ];
  const draw = () => {
    const overview = model.get("overview");
    root.classList.toggle("is-busy", commands.busy());
    root.classList.toggle("is-ended", Boolean(overview.session?.ended));
    warn();
    for (const panel of panels) panel.draw(overview);
  };

  const root = make("div", { class: "wb wb-control", lang: model.get("language") });
  const [session, next, time, count, notes, projector, order, wall, end, help] = panels.map((panel) => panel.node);
  const side = make("div", { class: "wb-control-side" }, next, count, time, notes, projector, wall, help);
  root.append(lost, session, side, order, end);
  el.append(root);

  model.on("change:overview", draw);
  const leave = stayConnected(model, (connected) => {
    isConnected = connected;
    warn();
    if (connected) status.textContent = say("restored");
  });
  draw();
  return () => {
    model.off("change:overview", draw);
    for (const one of [clock, timer, keys]) one.close();
    leave();
  };
}

export default { render };
