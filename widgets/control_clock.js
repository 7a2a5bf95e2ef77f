/**
 * The clock of the day: when it began, how long this step takes, how far behind we are.
 */

import { exercisesOf } from "./control_panels.js";
import { make, setText, uniqueId } from "./elements.js";

const SLACK = 60; // a minute is no delay
const AGAIN = 300;
const HALF_DAY = 12 * 60 * 60;

/** @typedef {import("./control_panels.js").Tools} Tools */

/** The hour and minute of a moment, as a clock on the wall shows them. @param {number} seconds */
export function timeText(seconds) {
  const at = new Date(seconds * 1000);
  return `${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
}

/**
 * The moment at which a clock shows an hour and minute, as near as can be to a known one:
 * a day that began at five to twelve is not mended by a whole day.
 * @param {number} hours @param {number} minutes @param {number} near seconds since 1970
 */
export function momentOf(hours, minutes, near) {
  const at = new Date(near * 1000);
  at.setHours(hours, minutes, 0, 0);
  const seconds = at.getTime() / 1000;
  if (Math.abs(seconds - near) <= HALF_DAY) return seconds;
  at.setDate(at.getDate() + (seconds > near ? -1 : 1));
  return at.getTime() / 1000;
}

/**
 * How many seconds the day is late; less than nothing is early. Within a step nothing
 * changes until the time for it is over.
 * @param {any} overview @param {number} now
 */
export function lateness(overview, now) {
  const { started, step } = overview.day;
  const at = exercisesOf(overview).find((/** @type {any} */ one) => one.id === step?.exercise);
  if (!started || at?.due == null) return null;
  const opened = step.at - started - at.due * 60;
  return Math.max(opened, now - started - (at.due + at.minutes) * 60);
}

/** @param {Tools & { now: () => number }} tools @returns {import("./control_panels.js").Panel & { close: () => void }} */
export function clockPanel({ say, send, busy, now }) {
  const late = make("p", { class: "wb-control-late" });
  const spent = make("p");
  const id = uniqueId("start");
  const start = make("input", { type: "time", id, class: "wb-control-time", onchange: begin });
  const label = make("label", { for: id }, say("start_label"));
  const node = make("section", { class: "wb-panel wb-control-clock" }, make("h2", {}, say("clock")), late, spent, make("div", { class: "wb-control-start" }, label, start));
  /** @type {any} */
  let overview = null;

  function begin(/** @type {any} */ event) {
    const [hours, minutes] = start.value.split(":").map(Number);
    if (Number.isNaN(minutes)) return;
    // A time that was filled in is not lost because a button is still at work.
    if (busy()) return void setTimeout(begin, AGAIN, event);
    send({ do: "start", at: momentOf(hours, minutes, now()) }, event);
  }

  function tick() {
    if (!overview) return;
    const { started, step } = overview.day;
    const at = exercisesOf(overview).find((/** @type {any} */ one) => one.id === step?.exercise);
    setText(late, lateText(lateness(overview, now()), say));
    const n = step ? Math.max(Math.floor((now() - step.at) / 60), 0) : 0;
    const known = at?.minutes ? "spent_of" : "spent";
    setText(spent, at ? say(known, { title: at.title, n, of: at.minutes }) : say("not_begun"));
    if (started && document.activeElement !== start) start.value = timeText(started);
  }
  const beat = setInterval(tick, 5000);
  const draw = (/** @type {any} */ next) => {
    overview = next;
    node.hidden = start.disabled = next.session.ended;
    tick();
  };
  return { node, draw, close: () => clearInterval(beat) };
}

/** @param {number | null} seconds @param {Tools["say"]} say */
function lateText(seconds, say) {
  if (seconds === null) return "";
  const n = Math.round(Math.abs(seconds) / 60);
  if (Math.abs(seconds) < SLACK || n === 0) return say("on_time");
  return say(seconds > 0 ? "behind" : "ahead", { n });
}
