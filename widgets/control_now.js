/**
 * The next step: one big button that says beforehand what it will do, and small ones.
 */

import { exercisesOf, liveButton, titleOf } from "./control_panels.js";
import { make, setText } from "./elements.js";

/** @typedef {import("./control_panels.js").Tools} Tools */

/** @param {Tools} tools @returns {import("./control_panels.js").Panel & { press: Record<string, (event: any) => void> }} */
export function nextPanel({ say, send, busy, status }) {
  /** @type {any} */
  let seen = {};
  const press = {
    step: (/** @type {any} */ event) => seen.step && send({ do: "step", seen: seen.step }, event),
    back: (/** @type {any} */ event) => send({ do: "back" }, event),
    dark: (/** @type {any} */ event) => send({ do: "dark", on: !seen.day.dark }, event),
    follow: (/** @type {any} */ event) => send({ do: "follow", on: !seen.day.follow }, event),
    skip: (/** @type {any} */ event) => send({ do: "next", seen: seen.next }, event),
  };
  const step = liveButton("is-big", press.step, busy);
  const back = liveButton("", press.back, busy);
  const skip = liveButton("", press.skip, busy);
  const dark = liveButton("is-choice", press.dark, busy);
  const follow = liveButton("is-choice", press.follow, busy);
  const what = make("p", { id: "wb-control-what" });
  const hint = make("p", { class: "wb-control-hint", id: "wb-control-follow" }, say("follow_hint"));
  step.node.setAttribute("aria-describedby", what.id);
  follow.node.setAttribute("aria-describedby", hint.id);
  const heading = make("h2", { class: "wb-unseen" }, say("next_heading"));
  const small = make("div", { class: "wb-control-buttons" }, back.node, dark.node, skip.node, follow.node);
  const node = make("section", { class: "wb-panel wb-control-next" }, heading, make("div", { class: "wb-control-go" }, step.node, what, status), small, hint);
  const draw = (/** @type {any} */ overview) => {
    seen = overview;
    const free = !overview.session.ended;
    setText(what, free ? whatNext(overview, say) : say("ended"));
    step.draw(say("step_button"), Boolean(overview.step) && free);
    back.draw(say("back_button"), free);
    skip.draw(say("next_button"), Boolean(overview.next) && free);
    dark.draw(say("dark_button"), free);
    follow.draw(say("follow_button"), free);
    dark.node.setAttribute("aria-pressed", String(overview.day.dark));
    follow.node.setAttribute("aria-pressed", String(overview.day.follow));
  };
  return { node, draw, press };
}

/** What the big button will do. @param {any} overview @param {Tools["say"]} say */
function whatNext(overview, say) {
  const { step } = overview;
  if (!step) return say("next_none");
  const title = titleOf(overview, step.exercise);
  if (step.do !== "open") return say(`step_${step.do}`, { title });
  const open = exercisesOf(overview).filter((/** @type {any} */ one) => one.open && !one.free);
  const closing = open.map((/** @type {any} */ one) => say("quoted", { title: one.title }));
  const opening = say("next_opens", { title });
  if (!closing.length) return opening;
  return `${say("next_closes", { titles: closing.join(", ") })} ${opening}`;
}
