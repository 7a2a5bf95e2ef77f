/**
 * The trainer's control. Python decides; this page draws and sends one command at a time.
 */

import { fill, make, setText } from "./elements.js";
import { stayConnected } from "./live.js";
import { drawResult } from "./result.js";
import { endPanel, nextPanel, projectorPanel, sessionPanel } from "./control_panels.js";
import { orderPanel } from "./control_order.js";
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
    /** @param {object} command @param {MouseEvent} event */
    send(command, event) {
      const button = /** @type {HTMLElement} */ (event.currentTarget);
      if (button.getAttribute("aria-disabled") === "true") return;
      if (ticket || isResting || event.detail > 1) return;
      ticket = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
      tell("busy");
      model.send({ ...command, ticket });
      patience = setTimeout(() => finish("failed"), ANSWER_WITHIN);
    },
  };
}

/** @param {{ model: any, el: HTMLElement }} context */
function render({ model, el }) {
  const { control: words, result: resultWords } = model.get("words");
  const say = (/** @type {string} */ key, values = {}) => fill(words[key] ?? key, values);
  const status = make("p", { class: "wb-control-status", role: "status" });
  const lost = make("p", { class: "wb-control-lost", role: "alert", hidden: "" });

  const commands = commander(model, (state) => {
    draw();
    if (state === "rested") return;
    const problem = model.get("problem").text ?? say("problem_other");
    setText(status, state === "failed" ? problem : say(state));
    status.dataset.state = state;
  });
  /** @param {any} result */
  const preview = (result) => drawResult(result, resultWords);
  const tools = { say, preview, send: commands.send, busy: commands.busy };
  const panels = [
    sessionPanel(tools),
    nextPanel(tools),
    projectorPanel(tools),
    orderPanel(tools),
    wallPanel(tools),
    endPanel(tools),
  ];
  const draw = () => {
    const overview = model.get("overview");
    root.classList.toggle("is-busy", commands.busy());
    root.classList.toggle("is-ended", Boolean(overview.session?.ended));
    for (const panel of panels) panel.draw(overview);
  };

  const root = make("div", { class: "wb wb-control", lang: model.get("language") });
  const [session, next, projector, order, wall, end] = panels.map((panel) => panel.node);
  const side = make("div", { class: "wb-control-side" }, next, status, projector, wall);
  root.append(lost, session, side, order, end);
  el.append(root);

  model.on("change:overview", draw);
  const leave = stayConnected(model, (connected) => {
    lost.hidden = connected;
    lost.textContent = connected ? "" : say("lost");
    if (connected) status.textContent = say("restored");
  });
  draw();
  return () => {
    model.off("change:overview", draw);
    leave();
  };
}

export default { render };
