/**
 * The moderation queue: texts that participants chose to let the room see.
 */

import { liveButton, exercisesOf } from "./control_panels.js";
import { make, setText, uniqueId } from "./elements.js";

/** @param {import("./control_panels.js").Tools} tools */
export function wallPanel({ say, send, busy }) {
  const note = make("p", { class: "wb-control-hint" }, say("wall_note"));
  const count = make("p", { role: "status" });
  const queue = make("ul", { class: "wb-control-queue" });
  const agreed = make("ul", { class: "wb-control-queue" });
  const summary = make("summary");
  const details = make("details", { hidden: "" }, summary, agreed);
  const node = make(
    "section",
    { class: "wb-panel" },
    make("h2", {}, say("wall")),
    note,
    count,
    queue,
    details,
  );
  /** @type {Map<string, { node: HTMLElement, draw: (text: any, title: string) => void }>} */
  const cards = new Map();
  const cardOf = (/** @type {any} */ text) => {
    if (!cards.has(text.id)) cards.set(text.id, card(text.id, { say, send, busy }));
    return /** @type {any} */ (cards.get(text.id));
  };
  const place = (/** @type {HTMLElement} */ list, /** @type {any[]} */ texts, /** @type {any} */ overview) => {
    const nodes = texts.map((text) => {
      const one = cardOf(text);
      const home = exercisesOf(overview).find((/** @type {any} */ e) => e.id === text.exercise);
      one.draw(text, home?.title ?? "");
      return one.node;
    });
    if (nodes.some((one, at) => list.children[at] !== one) || list.children.length > nodes.length) {
      list.replaceChildren(...nodes);
    }
  };
  const draw = (/** @type {any} */ overview) => {
    const wall = overview.wall ?? [];
    const waiting = wall.filter((/** @type {any} */ text) => text.state === "queued");
    const yes = wall.filter((/** @type {any} */ text) => ["approved", "shown"].includes(text.state));
    setText(count, waiting.length ? say("wall_waiting", { n: waiting.length }) : say(overview.session.invented ? "wall_invented" : "wall_empty"));
    summary.textContent = say("wall_agreed", { n: yes.length });
    note.hidden = !wall.length;
    details.hidden = yes.length === 0;
    place(queue, waiting, overview);
    place(agreed, yes, overview);
  };
  return { node, draw };
}

/** One text; its node stays the same as long as the text does. */
function card(/** @type {string} */ id, /** @type {import("./control_panels.js").Tools} */ { say, send, busy }) {
  const text = make("p", { class: "wb-control-text", dir: "auto", id: uniqueId("text") });
  const home = make("p", { class: "wb-control-hint" });
  const approve = liveButton("is-yes", (event) => send({ do: "approve", id }, event), busy);
  const decline = liveButton("", (event) => send({ do: "decline", id }, event), busy);
  for (const button of [approve, decline]) button.node.setAttribute("aria-describedby", text.id);
  const buttons = make("div", { class: "wb-control-buttons" }, approve.node, decline.node);
  const draw = (/** @type {any} */ row, /** @type {string} */ title) => {
    text.textContent = row.text;
    home.textContent = title;
    approve.node.hidden = row.state !== "queued";
    approve.draw(say("approve"), true);
    decline.draw(say(row.state === "queued" ? "decline" : "take_down"), true);
  };
  return { node: make("li", {}, home, text, buttons), draw };
}
