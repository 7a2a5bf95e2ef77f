/**
 * The panels around the running order: session, projector, end.
 */

import { make, setText } from "./elements.js";
import { countWords } from "./live.js";

/**
 * @typedef {{ say: (key: string, values?: object) => string, busy: () => boolean,
 *   preview: (result: any) => HTMLElement, status: HTMLElement,
 *   send: (command: object, event: MouseEvent) => void }} Tools
 * @typedef {{ node: HTMLElement, draw: (overview: any) => void }} Panel
 */

/**
 * A button that keeps its place in the keyboard's order when it cannot be used now. It
 * only looks unusable for a reason, not in the moment that a command is under way.
 * @param {string} classes
 * @param {(event: MouseEvent) => void} onClick
 * @param {() => boolean} [busy]
 */
export function liveButton(classes, onClick, busy = () => false) {
  const button = make("button", { type: "button", class: `wb-button ${classes}`, onclick: onClick });
  return {
    node: button,
    /** @param {string} text @param {boolean} usable @param {string} [about] */
    draw(text, usable, about) {
      setText(button, text);
      button.setAttribute("aria-disabled", String(!usable || busy()));
      button.classList.toggle("is-off", !usable);
      if (about) button.setAttribute("aria-label", `${text}: ${about}`);
    },
  };
}

/** All exercises in the order of the training. @param {any} overview */
export const exercisesOf = (overview) =>
  (overview.modules ?? []).flatMap((/** @type {any} */ module) => module.exercises);

/** @param {any} overview @param {string | null | undefined} id */
export const titleOf = (overview, id) =>
  exercisesOf(overview).find((/** @type {any} */ one) => one.id === id)?.title ?? "";

/** @param {Tools} tools @returns {Panel} */
export function sessionPanel({ say }) {
  const title = make("h1");
  const code = make("strong", { class: "wb-control-code" });
  const link = make("a", { target: "_blank", rel: "noopener" });
  const here = make("strong");
  const screen = make("a", { class: "wb-button is-link", target: "_blank", rel: "noopener" });
  screen.textContent = say("to_screen");
  const fact = (/** @type {string} */ key, /** @type {Node} */ value) =>
    make("div", {}, make("dt", {}, say(key)), make("dd", {}, value));
  const ways = { trainer_url: make("a", {}, say("to_sessions")), report_url: make("a", {}, say("to_report")) };
  const facts = [fact("code", code), fact("join_link", link), fact("here", here)];
  const node = make(
    "header",
    { class: "wb-control-session" },
    make("div", {}, make("p", { class: "wb-control-kicker" }, say("kicker")), title, make("p", { class: "wb-control-ways" }, ...Object.values(ways))),
    make("dl", {}, ...facts),
    screen,
  );
  const draw = (/** @type {any} */ { session, here: count }) => {
    title.textContent = session.title;
    code.textContent = session.code;
    setText(link, session.join_url.replace(/^https?:\/\//, ""));
    link.setAttribute("href", session.join_url);
    screen.setAttribute("href", session.screen_url);
    for (const [key, way] of Object.entries(ways)) way.setAttribute("href", session[key]);
    setText(here, countWords(count, say));
  };
  return { node, draw };
}

const VIEWS = ["join", "exercise", "result", "wall", "blank"];

/** @param {Tools} tools @returns {Panel} */
export function projectorPanel({ say, send, busy }) {
  const now = make("p", { class: "wb-control-now" });
  /** @type {any} */
  let subject = null;
  const buttons = VIEWS.map((view) => {
    const exercise = () => (view === "join" || view === "blank" ? null : subject?.id);
    return liveButton("is-choice", (event) =>
      send({ do: "focus", view, exercise: exercise() }, event), busy,
    );
  });
  const group = make(
    "div",
    { class: "wb-control-views", role: "group", "aria-label": say("projector") },
    ...buttons.map((button) => button.node),
  );
  const about = make("p", { class: "wb-control-hint" });
  const pages = pageTurner(say);
  const node = make(
    "section",
    { class: "wb-panel" },
    make("h2", {}, say("projector")),
    now,
    group,
    about,
    pages.node,
  );
  const draw = (/** @type {any} */ overview) => {
    const { view, exercise } = overview.focus;
    subject = subjectOf(overview, subject);
    setText(now, say(`now_${view}`, { title: titleOf(overview, exercise) }));
    setText(about, subject ? say("about", { title: subject.title }) : say("about_none"));
    VIEWS.forEach((one, at) => {
      const usable = one === "join" || one === "blank" || fits(one, subject);
      const on = one === view;
      buttons[at].node.setAttribute("aria-pressed", String(on));
      buttons[at].draw(say(`view_${one}`), usable && !overview.session.ended);
    });
    pages.follow(overview.session.code);
  };
  return { node, draw };
}

/** What the question, result and wall buttons are about: kept while the code is shown. */
function subjectOf(/** @type {any} */ overview, /** @type {any} */ before) {
  const all = exercisesOf(overview);
  const find = (/** @type {string} */ id) => all.find((/** @type {any} */ one) => one.id === id);
  const opened = all.filter((/** @type {any} */ one) => one.opened && !one.free);
  return find(overview.focus.exercise) ?? find(before?.id) ?? opened.at(-1) ?? null;
}

/** @param {string} view @param {any} subject */
function fits(view, subject) {
  if (!subject) return false;
  if (view === "result") return subject.countable;
  return view !== "wall" || subject.wall;
}

/** Turns the projector's pages when it is another window of this browser. */
function pageTurner(/** @type {Tools["say"]} */ say) {
  const label = make("span", { role: "status" });
  const node = make("div", { class: "wb-control-pages", hidden: "" });
  /** @type {BroadcastChannel | null} */
  let channel = null;
  const turn = (/** @type {number} */ step) => {
    const button = liveButton("is-small", () => channel?.postMessage({ turn: step }));
    button.draw(say(step < 0 ? "page_back" : "page_on"), true);
    return button.node;
  };
  node.append(turn(-1), label, turn(1));
  const follow = (/** @type {string} */ code) => {
    if (channel || typeof BroadcastChannel === "undefined") return;
    channel = new BroadcastChannel(`workbook-screen-${code}`);
    channel.onmessage = ({ data }) => {
      if (!data.pages) return;
      node.hidden = data.pages < 2;
      label.textContent = say("page", { page: data.page, pages: data.pages });
    };
    channel.postMessage({ hello: true });
  };
  return { node, follow };
}

/** @param {Tools} tools @returns {Panel} */
export function endPanel({ say, send, busy }) {
  const ask = liveButton("is-quiet", () => confirm(true));
  const yes = liveButton("is-danger", (event) => send({ do: "end" }, event), busy);
  const no = liveButton("is-quiet", () => confirm(false));
  const question = make("p", { id: "wb-control-sure", tabindex: "-1" }, say("end_question"));
  const sure = make("div", { class: "wb-control-sure", hidden: "" }, question, yes.node, no.node);
  const confirm = (/** @type {boolean} */ asking) => {
    sure.hidden = !asking;
    ask.node.hidden = asking;
    (asking ? question : ask.node).focus();
  };
  const heading = make("h2", {}, say("end"));
  const report = make("a", {}, say("to_report"));
  const done = make("p", { class: "wb-control-ways", hidden: "" }, say("ended"), report);
  const node = make("section", { class: "wb-panel wb-control-end" }, heading, ask.node, sure, done);
  const draw = (/** @type {any} */ { session }) => {
    if (session.ended) ask.node.hidden = sure.hidden = true;
    done.hidden = !session.ended;
    report.setAttribute("href", session.report_url);
    ask.draw(say("end_ask"), true);
    yes.draw(say("end_yes"), true);
    no.draw(say("end_no"), true);
  };
  return { node, draw };
}
