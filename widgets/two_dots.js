/**
 * Two answers to the same question on one line: a hollow dot for then, a filled one for now.
 */

import { make } from "./elements.js";

/** Where a number stands between the ends of a line. @param {number} number @param {number} from @param {number} to */
export const placeOf = (number, from, to) => `inset-inline-start: ${((number - from) / (to - from)) * 100}%`;

/** A short text above or below a line. @param {string} side @param {string} place @param {string} text */
export const mark = (side, place, text) => make("span", { class: `wb-mark wb-mark-${side}`, style: place }, text);

/**
 * The words beside it say the same; to a screen reader the line is silent.
 * @param {{ before: number | null, now: number | null, from: number, to: number, said?: { before: string, now: string } }} pair
 * @returns {HTMLElement}
 */
export function drawTwoDots({ before, now, from, to, said }) {
  const at = (/** @type {number} */ number) => placeOf(number, from, to);
  const steps = to - from > 6 ? [from, (from + to) / 2, to] : Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const ticks = steps.map((step) => make("span", { class: "wb-tick", style: at(step) }, String(step)));
  const way = before !== null && now !== null && make("span", { class: "wb-line-way", style: `${at(Math.min(before, now))}; inline-size: ${(Math.abs(now - before) / (to - from)) * 100}%` });
  return make(
    "div",
    { class: "wb-line", "aria-hidden": "true" },
    make("span", { class: "wb-line-rule" }),
    ticks,
    way,
    // The filled one is smaller and last: where both stand in one place, it is in the ring.
    before !== null && make("span", { class: "wb-dot wb-dot-before", style: at(before) }),
    now !== null && make("span", { class: "wb-dot wb-dot-now", style: at(now) }),
    said && before !== null && mark(before <= (now ?? before) ? "start" : "end", at(before), said.before),
    said && now !== null && mark(before !== null && now < before ? "start" : "end", at(now), said.now),
  );
}
