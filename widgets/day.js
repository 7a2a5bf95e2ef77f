/**
 * The trainer's day on a participant's page: the countdown, and going along to where the
 * trainer is. All exercises of a page share one bar; what is typed is never disturbed.
 */

import { clockText, countdown } from "./countdown.js";
import { fill, make, setText } from "./elements.js";

const MOVES_AFTER = 3000;
const TYPED_LATELY = 8000;
const PACE = "workbook:pace";
const REACHED = "workbook:reached";

/** What this tab remembers; a private window may refuse. */
const memory = {
  /** @param {string} key */
  get(key) {
    try {
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  },
  /** @param {string} key @param {string} value */
  set(key, value) {
    try {
      sessionStorage.setItem(key, value);
    } catch {
      // then only this page knows
    }
  },
};

/** @type {Map<any, () => void>} every exercise of the page, with what stops listening to it */
const listening = new Map();
/** @type {ReturnType<typeof dayBar> | null} */
let bar = null;

/**
 * Lets the page follow the day, as one of its exercises hears of it.
 * @param {any} model
 * @returns {() => void} stops
 */
export function joinDay(model) {
  bar ??= dayBar(model.get("words").day, model.get("language"));
  const hear = () => bar?.draw(model.get("day") ?? {});
  model.on("change:day", hear);
  listening.set(model, () => model.off("change:day", hear));
  hear();
  if (listening.size === 1) ask(model);
  return () => {
    listening.get(model)?.();
    listening.delete(model);
    if (listening.size) return;
    bar?.close();
    bar = null;
  };
}

/** A countdown that came with the page is some seconds old. @param {any} model */
function ask(model) {
  try {
    model.send({ do: "ping" });
  } catch {
    // the pulse makes the page anew
  }
}

/** @param {Record<string, string>} words @param {string} language */
function dayBar(words, language) {
  const speaker = make("p", { class: "wb-unseen", role: "status" });
  const time = make("p", { class: "wb-day-time", role: "timer", hidden: true });
  const where = make("p");
  const go = make("button", { type: "button", class: "wb-button", onclick: along }, words.follow_go);
  const stay = make("button", { type: "button", class: "wb-button", onclick: ownPace }, words.follow_stay);
  const follow = make("div", { class: "wb-day-follow", hidden: true }, where, make("div", { class: "wb-day-buttons" }, go, stay));
  const root = make("aside", { class: "wb wb-day", lang: language, "aria-label": words.title }, follow, time, speaker);
  let drawn = "";
  /** @type {any} */
  let day = {};
  /** @type {any} */
  let leaving;
  let typedAt = 0;
  const clock = countdown(
    (now) => {
      time.hidden = !now;
      const text = !now ? "" : now.left === 0 ? words.timer_over : clockText(now.left) + (now.running ? "" : ` · ${words.timer_paused}`);
      setText(time, text);
      time.toggleAttribute("data-over", now?.left === 0);
    },
    (what, n) => setText(speaker, fill(words[`say_${what}`], { n })),
  );
  const onType = () => (typedAt = Date.now());
  const isTyping = () => Date.now() - typedAt < TYPED_LATELY || Boolean(document.activeElement?.matches("textarea, input:not([type=radio], [type=checkbox])"));
  const isHere = () => memory.get(REACHED) === day.at;
  document.addEventListener("input", onType, true);
  document.body.append(root);

  /** @param {any} next */
  function draw(next) {
    const text = JSON.stringify(next);
    if (text === drawn) return;
    drawn = text;
    const isNew = next.at !== day.at || next.follow !== day.follow;
    day = next;
    clock.set(day.timer);
    if (isNew) offer();
  }

  /** Says where the trainer is, and goes there by itself unless somebody types or chose to stay. */
  function offer() {
    clearTimeout(leaving);
    follow.hidden = !day.follow || !day.at || isHere();
    if (follow.hidden) return;
    const isOwn = memory.get(PACE) === "own";
    const moves = !isOwn && !isTyping();
    setText(where, fill(words[moves ? "follow_moves" : isOwn ? "follow_own" : "follow_offer"], { title: day.title }));
    stay.hidden = isOwn;
    setText(speaker, where.textContent);
    if (moves) leaving = setTimeout(() => (isTyping() ? offer() : along()), MOVES_AFTER);
  }

  function ownPace() {
    memory.set(PACE, "own");
    offer();
    go.focus();
  }

  function along() {
    clearTimeout(leaving);
    memory.set(PACE, "along");
    memory.set(REACHED, day.at);
    follow.hidden = true;
    const section = document.querySelector(`[data-exercise="${CSS.escape(day.at)}"]`);
    if (section) arrive(section);
    else location.assign((document.documentElement.dataset.baseUrl ?? "/") + day.href);
  }

  /** @param {Element} section */
  function arrive(section) {
    location.hash = day.href.split("#")[1];
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    section.scrollIntoView({ block: "start", behavior: isStill ? "auto" : "smooth" });
    const title = /** @type {HTMLElement | null} */ (section.querySelector(".wb-title"));
    title?.setAttribute("tabindex", "-1");
    title?.focus({ preventScroll: true });
  }

  return {
    draw,
    close() {
      clearTimeout(leaving);
      clock.close();
      document.removeEventListener("input", onType, true);
      root.remove();
    },
  };
}

/**
 * Shows an exercise that an address points at, as soon as it stands on the page.
 * @param {HTMLElement} section
 */
export function showIfMeant(section) {
  const name = (section.dataset.exercise ?? "").split("/")[1];
  if (!name || location.hash !== `#${name}`) return;
  requestAnimationFrame(() => section.isConnected && section.scrollIntoView({ block: "start" }));
}
