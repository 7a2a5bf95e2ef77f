/**
 * On paper a box cannot grow, scroll or slide: while one prints, words, lines and scales stand in its place.
 */

import { make } from "./elements.js";

const MARKS = 10;

/** All that was typed, or lines to write on. @param {HTMLTextAreaElement} box */
function paperText(box) {
  const lines = Math.max(2, Math.ceil(Number(box.rows) * 1.5));
  const rest = box.value ? [] : Array.from({ length: lines }, () => make("span", { class: "wb-paper-line" }));
  return make("div", { class: "wb-paper wb-paper-text", "data-empty": !box.value }, box.value, rest);
}

/** The numbers between two ends, and a sign at the place that was chosen. @param {HTMLInputElement} range */
function paperScale(range) {
  const [low, high] = [Number(range.min), Number(range.max)];
  const marks = Math.min(MARKS, high - low);
  const numbers = Array.from({ length: marks + 1 }, (_, index) => make("span", {}, String(Math.round(low + ((high - low) * index) / marks))));
  const isPlaced = !range.closest(".wb-unplaced");
  const place = isPlaced && make("b", { style: `--at: ${(Number(range.value) - low) / (high - low)}` }, "▼");
  return make("div", { class: "wb-paper wb-paper-scale" }, numbers, place);
}

/** Makes an exercise ready whenever the page is printed. @param {HTMLElement} section @returns {() => void} stops */
export function readyForPaper(section) {
  function prepare() {
    tidy();
    for (const box of section.querySelectorAll("textarea")) box.after(paperText(box));
    for (const range of section.querySelectorAll(".wb-range")) range.after(paperScale(/** @type {HTMLInputElement} */ (range)));
  }
  function tidy() {
    for (const paper of section.querySelectorAll(".wb-paper")) paper.remove();
  }
  window.addEventListener("beforeprint", prepare);
  window.addEventListener("afterprint", tidy);
  return () => {
    window.removeEventListener("beforeprint", prepare);
    window.removeEventListener("afterprint", tidy);
  };
}
