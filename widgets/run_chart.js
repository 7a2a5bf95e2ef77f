/**
 * One run of the exchange model, drawn over its rounds: the two interests, what each puts in
 * with the trust, and the book of promises. Each drawing says the same in words.
 */

import { fill, make, setText, uniqueId } from "./elements.js";

/** @typedef {import("./simulation.js").Round} Round */
/** @typedef {import("./simulation.js").Verdict} Verdict */
/** @typedef {Record<string, string>} Words */

const SPACE = "http://www.w3.org/2000/svg";
const WIDE = 400;
const HIGH = 150;
const LINE = 4; // stays inside the drawing where it runs along an edge
const BALANCES = ["follower", "leader"];
const SHARES = ["effort", "offer", "trust"];
const BOOK = ["fulfilled", "broken", "open"];

/** As on the knobs: a full effort is 100 points. @param {number} value */
export const points = (value) => Math.round(value * 100) || 0;

/** Points as words, with a real minus. @param {number} value */
export const pointsText = (value) => String(points(value)).replace("-", "−");

/** @param {Element} element @param {Record<string, string | number>} attributes */
function change(element, attributes) {
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
}

/** @param {string} tag @param {Record<string, string | number>} attributes @param {...Element} children */
function drawn(tag, attributes, ...children) {
  const element = document.createElementNS(SPACE, tag);
  change(element, attributes);
  element.append(...children);
  return element;
}

/** @param {number} number @param {number} count */
const across = (number, count) => (WIDE * number) / Math.max(1, count - 1);

/** How far down a value stands. @param {number} value @param {number} low @param {number} high */
const down = (value, low, high) => LINE + ((high - value) / (high - low)) * (HIGH - 2 * LINE);

/** @param {number[]} heights @param {boolean} [isBack] */
function path(heights, isBack = false) {
  const places = heights.map((y, number) => `${across(number, heights.length).toFixed(1)} ${y.toFixed(1)}`);
  return isBack ? `L${places.reverse().join("L")}Z` : `M${places.join("L")}`;
}

/** A small piece of a line or a ground, beside its name. @param {Element} piece @param {string} name */
const legendItem = (piece, name) =>
  make("li", {}, drawn("svg", { viewBox: "0 0 28 14", class: "wb-plot-piece", "aria-hidden": "true" }, piece), make("span", {}, name));

/** @param {string[]} keys @param {Words} words */
const lineLegend = (keys, words) => keys.map((key) => legendItem(drawn("path", { d: "M1 7H27", "data-line": key }), words[key]));

/** A drawing with its title, its legend and its words. @param {string} title @param {HTMLElement[]} legend */
function plot(title, legend) {
  const caption = make("figcaption", { id: uniqueId("plot") }, title);
  const said = make("p", { class: "wb-unseen", id: uniqueId("said") });
  const svg = drawn("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", class: "wb-plot-lines", "aria-labelledby": caption.id, "aria-describedby": said.id });
  const scale = ["", "", ""].map(() => make("span"));
  const rounds = [make("span"), make("span")];
  const area = make("div", { class: "wb-plot-area" }, svg);
  const ground = make("div", { class: "wb-plot-ground" }, make("div", { class: "wb-plot-scale", "aria-hidden": "true" }, scale), area, make("div", { class: "wb-plot-rounds", "aria-hidden": "true" }, rounds));
  const stop = drawn("path", { "data-line": "stop" });
  const element = make("figure", { class: "wb-plot" }, caption, make("ul", { class: "wb-plot-legend" }, legend), ground, said);
  return {
    element,
    svg,
    area,
    stop,
    say: (/** @type {string} */ sentence) => setText(said, sentence),
    /** @param {Verdict} verdict @param {number} count @param {string[]} ends @param {Words} words */
    frame(verdict, count, ends, words) {
      ends.forEach((end, number) => setText(scale[number], end));
      setText(rounds[0], fill(words.first_round, { round: 1 }));
      setText(rounds[1], fill(words.first_round, { round: count }));
      change(stop, { d: verdict.stops === null ? "" : `M${across(verdict.stops, count)} 0V${HIGH}` });
    },
  };
}

/** @param {Round[]} rounds @param {string} key @param {string} name @param {Words} words */
function lineInWords(rounds, key, name, words) {
  const values = rounds.map((round) => round[key]);
  const low = Math.min(...values);
  return fill(words.line_says, { name, first: pointsText(values[0]), last: pointsText(values[values.length - 1]), low: pointsText(low), round: values.indexOf(low) + 1 });
}

/** The interests of both around nothing, with a mark where one comes short. @param {Words} words */
function interestsPlot(words) {
  const drawing = plot(words.interests, lineLegend(BALANCES, words));
  const below = drawn("rect", { x: 0, width: WIDE, "data-ground": "short" });
  const zero = drawn("path", { "data-line": "zero" });
  const lines = BALANCES.map((who) => drawn("path", { "data-line": who }));
  const marks = BALANCES.map((who) => drawn("path", { "data-mark": who }));
  drawing.svg.append(below, zero, drawing.stop, ...lines, ...marks);
  const short = make("span", { class: "wb-plot-short", "aria-hidden": "true" }, words.short);
  const flag = make("span", { class: "wb-plot-flag", "aria-hidden": "true" }, words.stopped);
  drawing.area.append(short, flag);
  return {
    element: drawing.element,
    show(/** @type {Round[]} */ rounds, /** @type {Verdict} */ verdict) {
      const most = Math.max(...rounds.flatMap((round) => BALANCES.map((who) => Math.abs(round[who]))));
      const edge = Math.ceil(Math.max(most, 0.3) * 4) / 4;
      const at = (/** @type {number} */ value) => down(value, -edge, edge);
      change(below, { y: at(0), height: HIGH - at(0) });
      change(zero, { d: `M0 ${at(0)}H${WIDE}` });
      BALANCES.forEach((who, number) => {
        const from = /** @type {any} */ (verdict)[who];
        change(lines[number], { d: path(rounds.map((round) => at(round[who]))) });
        change(marks[number], { d: from === null ? "" : `M${across(from, rounds.length)} ${at(rounds[from][who])}h0` });
      });
      const part = verdict.stops === null ? 0 : verdict.stops / (rounds.length - 1);
      flag.hidden = verdict.stops === null;
      flag.style.setProperty("--at", String(part));
      drawing.frame(verdict, rounds.length, [`+${points(edge)}`, "0", `−${points(edge)}`], words);
    },
    tell(/** @type {Round[]} */ rounds) {
      drawing.say(BALANCES.map((who) => lineInWords(rounds, who, fill(words.balance, { who: words[who] }), words)).join(" "));
    },
  };
}

/** @param {Words} words */
function sharesPlot(words) {
  const drawing = plot(words.shares, lineLegend(SHARES, words));
  const lines = SHARES.map((key) => drawn("path", { "data-line": key }));
  drawing.svg.append(drawing.stop, ...lines);
  return {
    element: drawing.element,
    show(/** @type {Round[]} */ rounds, /** @type {Verdict} */ verdict) {
      SHARES.forEach((key, number) => change(lines[number], { d: path(rounds.map((round) => down(round[key], 0, 1))) }));
      drawing.frame(verdict, rounds.length, ["100", "50", "0"], words);
    },
    tell(/** @type {Round[]} */ rounds) {
      drawing.say(SHARES.map((key) => lineInWords(rounds, key, words[key], words)).join(" "));
    },
  };
}

/** What was promised, piled up: kept, broken, and not due yet. @param {Words} words */
function bookPlot(words) {
  const hatch = uniqueId("hatch");
  const fillOf = (/** @type {string} */ key) => (key === "broken" ? { fill: `url(#${hatch})` } : {});
  const pieces = BOOK.map((key) => drawn("rect", { x: 1, y: 1, width: 26, height: 12, "data-ground": key, ...fillOf(key) }));
  const drawing = plot(words.book, pieces.map((piece, number) => legendItem(piece, words[BOOK[number]])));
  const pattern = drawn("pattern", { id: hatch, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    drawn("rect", { width: 7, height: 7, class: "wb-hatch-ground" }), drawn("rect", { width: 3, height: 7, class: "wb-hatch" }));
  const grounds = BOOK.map((key) => drawn("path", { "data-ground": key, ...fillOf(key) }));
  drawing.svg.append(drawn("defs", {}, pattern), ...grounds, drawing.stop);
  return {
    element: drawing.element,
    show(/** @type {Round[]} */ rounds, /** @type {Verdict} */ verdict) {
      const high = Math.max(1, Math.ceil(rounds[rounds.length - 1].made));
      let under = rounds.map(() => 0);
      BOOK.forEach((key, number) => {
        const over = under.map((sum, round) => sum + rounds[round][key]);
        const edge = (/** @type {number[]} */ sums) => sums.map((sum) => down(sum, 0, high));
        change(grounds[number], { d: path(edge(over)) + path(edge(under), true) });
        under = over;
      });
      drawing.frame(verdict, rounds.length, [String(points(high)), "", "0"], words);
    },
    tell(/** @type {Round[]} */ rounds) {
      const last = rounds[rounds.length - 1];
      drawing.say(fill(words.book_says, Object.fromEntries(["made", ...BOOK].map((key) => [key, pointsText(last[key])]))));
    },
  };
}

/**
 * The three drawings; `first` may stay in sight while the others scroll away.
 * @param {Words} words
 */
export function runChart(words) {
  const [interests, ...others] = [interestsPlot(words), sharesPlot(words), bookPlot(words)];
  const rest = make("div", { class: "wb-plots" }, others.map((one) => one.element));
  return {
    first: interests.element,
    rest,
    /** @param {Round[]} rounds @param {Verdict} verdict */
    show(rounds, verdict) {
      for (const one of [interests, ...others]) one.show(rounds, verdict);
    },
    /** Says in words what stands there now. @param {Round[]} rounds */
    tell(rounds) {
      for (const one of [interests, ...others]) one.tell(rounds);
    },
    /** Lets the lines grow from left to right, where motion is welcome. */
    replay() {
      for (const element of [interests.element, rest]) {
        element.classList.remove("wb-growing");
        void element.offsetWidth; // a class that comes back without this starts nothing
        element.classList.add("wb-growing");
      }
    },
  };
}
