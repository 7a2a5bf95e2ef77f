/**
 * The running order: every module with its exercises and what can be done with them.
 */

import { timeText } from "./control_clock.js";
import { liveButton } from "./control_panels.js";
import { make, setText, uniqueId } from "./elements.js";
import { countWords } from "./live.js";

/** @typedef {import("./control_panels.js").Tools} Tools */

/** @param {Tools} tools */
export function orderPanel(tools) {
  const list = make("div", { class: "wb-control-modules" });
  const node = make("section", { class: "wb-control-order" }, make("h2", {}, tools.say("order")), list);
  const isWide = matchMedia("(min-width: 60.01rem)");
  /** @type {string | undefined} */
  let here;
  /** @type {Map<string, ReturnType<typeof row>>} */
  let rows = new Map();
  let built = "";
  const build = (/** @type {any} */ modules) => {
    rows = new Map();
    list.replaceChildren(
      ...modules.map((/** @type {any} */ module) => {
        const items = module.exercises.map((/** @type {any} */ exercise) => {
          const made = row(exercise, tools);
          rows.set(exercise.id, made);
          return made.node;
        });
        return make("section", { class: "wb-panel" }, make("h3", {}, module.title), make("ol", {}, ...items));
      }),
    );
  };
  const draw = (/** @type {any} */ overview) => {
    const exercises = overview.modules.flatMap((/** @type {any} */ module) => module.exercises);
    const shape = JSON.stringify(exercises.map((/** @type {any} */ one) => [one.id, one.title]));
    if (shape !== built) build(overview.modules);
    built = shape;
    for (const exercise of exercises) rows.get(exercise.id)?.draw(exercise, overview);
    const before = here;
    // Where the panels stand beside the order, where we are (or begin) is always in sight.
    here = overview.day.here ?? overview.step?.exercise ?? "";
    if (here !== before && isWide.matches) requestAnimationFrame(() => rows.get(here ?? "")?.node.scrollIntoView({ block: "nearest" }));
  };
  return { node, draw };
}

/** One exercise: what it is, how it stands, what can be done. */
function row(/** @type {any} */ { id, ref, title }, /** @type {Tools} */ { say, send, busy, preview }) {
  const state = make("span", { class: "wb-state" });
  const shown = make("span", { class: "wb-state", "data-state": "shown" }, say("state_shown"));
  const now = make("span", { class: "wb-state", "data-state": "now" }, say("state_now"));
  const here = make("span", { class: "wb-state", "data-state": "here" }, say("state_here"));
  const facts = make("span", { class: "wb-control-facts" });
  const reason = make("p", { class: "wb-control-hint", id: uniqueId("why") });
  const picture = make("details", { class: "wb-control-picture" });
  const buttons = {
    open: liveButton("", (event) => send({ do: isOpen ? "close" : "open", exercise: id, seen }, event), busy),
    show: liveButton("", (event) => send({ do: isShown ? "hide" : "show", exercise: id, seen }, event), busy),
    renew: liveButton("", (event) => send({ do: "show", exercise: id, seen }, event), busy),
    again: liveButton("", (event) => send({ do: "again", exercise: id, seen }, event), busy),
    focus: liveButton("", (event) => send({ do: "focus", view: "exercise", exercise: id }, event), busy),
  };
  for (const key of ["show", "renew"]) buttons[key].node.setAttribute("aria-describedby", reason.id);
  let isOpen = false;
  let isShown = false;
  let seen = "";

  const draw = (/** @type {any} */ exercise, /** @type {any} */ overview) => {
    ({ open: isOpen, shown: isShown, stamp: seen } = exercise);
    const free = !overview.session.ended;
    const atHome = !exercise.always_open && overview.session.variant !== "self-study";
    const standing = exercise.free ? (atHome ? "home" : "free") : isOpen ? (exercise.second ? "again" : "open") : exercise.opened ? "closed" : "waiting";
    setText(state, say(`state_${standing}`));
    state.dataset.state = standing === "home" ? "free" : standing;
    shown.hidden = !isShown;
    const current = overview.focus.exercise === id && !["join", "blank"].includes(overview.focus.view);
    now.hidden = !current;
    node.classList.toggle("is-current", current);
    node.toggleAttribute("aria-current", false);
    if (overview.day.here === id) node.setAttribute("aria-current", "step");
    here.hidden = overview.day.here !== id;
    setText(facts, factsOf(exercise, overview.day, say));
    setText(reason, free ? reasonOf(exercise, say) : "");
    reason.hidden = reason.textContent === "";
    buttons.open.node.hidden = exercise.free;
    buttons.open.draw(say(isOpen ? "close" : exercise.opened ? "reopen" : "open"), free, title);
    buttons.show.node.hidden = !exercise.countable;
    buttons.show.draw(say(isShown ? "hide" : "show"), free && (isShown || exercise.can_show), title);
    buttons.renew.node.hidden = !isShown;
    buttons.renew.draw(say("renew"), free && exercise.new > 0, title);
    buttons.again.node.hidden = !exercise.again || exercise.free;
    buttons.again.draw(say("again"), free, title);
    buttons.focus.draw(say("project"), free, title);
    if (current !== wasCurrent) picture.open = wasCurrent = current;
    drawPicture(exercise);
  };
  let wasCurrent = false;
  let drawn = "";
  const drawPicture = (/** @type {any} */ { shown: isShown, result }) => {
    const data = isShown && result?.rows ? JSON.stringify(result) : "";
    if (data === drawn) return;
    drawn = data;
    const summary = make("summary", {}, say("picture", { title }));
    picture.replaceChildren(...(data ? [summary, preview(result)] : []));
  };
  const node = make(
    "li",
    { class: "wb-control-row" },
    make("div", {}, make("h4", {}, make("span", { class: "wb-control-ref" }, ref), " ", title), make("p", { class: "wb-control-meta" }, here, state, shown, now, facts), reason),
    make("div", { class: "wb-control-buttons" }, ...Object.values(buttons).map((button) => button.node)),
    picture,
  );
  return { node, draw };
}

/** @param {any} exercise @param {any} day @param {Tools["say"]} say */
function factsOf(exercise, { started, times }, say) {
  const minutes = exercise.minutes ? [say("minutes", { n: exercise.minutes })] : [];
  const due = started && exercise.due != null && !exercise.free ? [say("due", { time: timeText(started + exercise.due * 60) })] : [];
  const begun = times[exercise.id] ? [say("begun", { time: timeText(times[exercise.id]) })] : [];
  // Before it opens nobody can be ready, and in a second vote the first still counts.
  const told = (exercise.opened || exercise.free) && !exercise.second;
  const ready = told ? [say("ready", { n: countWords(exercise.ready, say) })] : [];
  return [...due, ...begun, ...minutes, ...ready].join(" · ");
}

/** Why there is nothing to show (again) yet. @param {any} exercise @param {Tools["say"]} say */
function reasonOf(exercise, say) {
  if (!exercise.countable) return say(exercise.wall ? "why_wall" : "why_private");
  if (exercise.shown) return exercise.new ? say("why_new", { n: exercise.new }) : say("why_frozen");
  if (exercise.can_show) return say(exercise.free ? "why_shows" : "why_closes");
  return say(exercise.opened || exercise.free ? "why_few" : "why_waiting");
}
