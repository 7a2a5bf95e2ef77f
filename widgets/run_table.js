/** The numbers of a run, round by round, for who would rather read than look. */

import { fill, make } from "./elements.js";
import { pointsText } from "./run_chart.js";

const COLUMNS = ["follower", "leader", "effort", "offer", "trust", "made", "fulfilled", "broken", "open"];

/** @param {Record<string, string>} words @param {string} key */
function heading(words, key) {
  const isBalance = key === "follower" || key === "leader";
  return isBalance ? fill(words.balance, { who: words[key] }) : words[key];
}

/**
 * A table that is filled when somebody opens it.
 * @param {Record<string, string>} words
 */
export function runTable(words) {
  /** @type {import("./simulation.js").Round[]} */
  let rounds = [];
  const head = make("tr", {}, make("th", { scope: "col" }, words.round), COLUMNS.map((key) => make("th", { scope: "col" }, heading(words, key))));
  const body = make("tbody");
  const table = make("table", {}, make("caption", { class: "wb-unseen" }, words.numbers), make("thead", {}, head), body);
  const place = make("div", { class: "wb-run-table", tabindex: 0, role: "region", "aria-label": words.numbers }, table);
  const element = make("details", { class: "wb-fold", ontoggle: write }, make("summary", {}, words.numbers), make("p", { class: "wb-small" }, words.numbers_how), place);

  function write() {
    if (!element.open) return;
    body.replaceChildren(...rounds.map((round, number) =>
      make("tr", {}, make("th", { scope: "row" }, String(number + 1)), COLUMNS.map((key) => make("td", {}, pointsText(round[key])))),
    ));
  }

  return {
    element,
    /** @param {import("./simulation.js").Round[]} next */
    show(next) {
      rounds = next;
      write();
    },
  };
}
