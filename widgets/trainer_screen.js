/**
 * The projector. Python says what the room may see; this page makes it readable from the
 * last row: one thing at a time, as large as it fits, never scrolling.
 */

import { clockText, countdown } from "./countdown.js";
import { fill, make, paragraphs, setText } from "./elements.js";
import { countWords, stayConnected } from "./live.js";
import { listenToRemote } from "./remote.js";
import { drawResult, tables } from "./result.js";

const SMALLEST = 0.5;
const STEP = 0.05;
const REST = 700;

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Say */

/** @param {any} view @param {Say} say */
function joinView(view, say) {
  const qr = make("img", { alt: say("qr"), src: `data:image/svg+xml;base64,${base64(view.qr)}` });
  return make("div", { class: "wb-screen-join" },
    make("div", {},
      make("p", { class: "wb-screen-kicker" }, view.title),
      make("h1", {}, say("join")),
      make("p", {}, say("join_how")),
      make("p", {}, say("join_type"), " ", make("strong", { class: "wb-screen-address" }, view.address), " ", say("join_code")),
      make("p", { class: "wb-screen-code" }, view.code),
      make("p", { class: "wb-screen-soft" }, say("here", { n: countWords(view.here, say) })),
    ),
    qr,
  );
}

/**
 * A picture as data, so that nothing in it can act on the page. On its own it needs its
 * namespace, and a viewBox to grow with its place.
 * @param {string} svg
 */
function base64(svg) {
  const [, width] = svg.match(/\bwidth="(\d+)"/) ?? [];
  const space = svg.includes("xmlns=") ? "" : ' xmlns="http://www.w3.org/2000/svg"';
  const box = svg.includes("viewBox=") || !width ? "" : ` viewBox="0 0 ${width} ${width}"`;
  return btoa(svg.replace("<svg", `<svg${space}${box}`));
}

/** @param {any} view @param {Say} say */
function questionView(view, say) {
  const options = view.options.map((/** @type {string} */ label) => make("li", {}, label));
  const phone = view.state === "open" && make("p", { class: "wb-screen-phone" }, say("phone"));
  return make("div", { class: "wb-screen-question" },
    make("div", { class: "wb-screen-prompt" },
      make("h1", {}, view.title),
      paragraphs(view.prompt),
      options.length > 0 && make("ul", {}, options),
    ),
    make("aside", { "data-state": view.state },
      phone,
      make("p", {}, say(`state_${view.state}`)),
      view.state !== "waiting" && view.ready !== null && make("p", { class: "wb-screen-ready" }, say("ready", { n: countWords(view.ready, say) })),
    ),
  );
}

/**
 * The picture that the report holds too, so that the room, the slides and the paper show
 * the same; the table is for who would rather read numbers.
 * @param {any} view @param {Say} say @param {number} page @param {Record<string, string>} words @param {boolean} asTable
 */
function resultView(view, say, page, words, asTable) {
  const shown = view.pages[page];
  if (!shown) return lineView(view.title, say(view.few ? "few" : "soon"));
  if (shown.form === "change") return changeView(view.title, shown, words);
  const note = shown.form === "stacked" ? say("disputed") : shown.heading;
  const numbers = make("div", { class: "wb-screen-numbers", hidden: !asTable }, tables(shown.rows, words));
  const picture = make("img", { src: shown.src, alt: shown.alt, hidden: asTable });
  picture.onerror = () => {
    picture.hidden = true;
    numbers.hidden = false;
  };
  return make("div", { class: "wb-screen-result" },
    make("header", {}, make("h1", {}, view.title), make("p", { class: "wb-screen-soft" }, note)),
    make("figure", {}, picture, numbers),
    make("p", { class: "wb-screen-soft wb-screen-count" }, [fill(words.n, { n: shown.n }), ...shown.remarks].join(" · ")),
  );
}

/** A change with its interval has a table of its own. @param {string} title @param {any} shown @param {Record<string, string>} words */
function changeView(title, shown, words) {
  const header = make("header", {}, make("h1", {}, title), make("p", { class: "wb-screen-soft" }, shown.rows[0].label));
  return make("div", { class: "wb-screen-result" }, header, drawResult(shown, words));
}

/** @param {any} view @param {Say} say @param {number} page */
function wallView(view, say, page) {
  const texts = view.pages[page];
  if (!texts) return lineView(view.title, say("few_texts"));
  const cards = texts.map((/** @type {string} */ text) => make("li", { dir: "auto" }, text));
  return make("div", { class: "wb-screen-wall" }, make("h1", {}, view.title), make("ul", {}, cards));
}

/** @param {string} title @param {string} line */
function lineView(title, line) {
  return make("div", { class: "wb-screen-line" }, make("h1", {}, title), make("p", {}, line));
}

/** @type {Record<string, (view: any, say: Say, page: number, words: Record<string, string>, asTable: boolean) => HTMLElement>} */
const SCREENS = {
  join: joinView,
  exercise: questionView,
  result: resultView,
  wall: wallView,
  ended: (view, say) => lineView(view.title, say("thanks")),
  blank: () => make("div"),
  black: () => make("div"),
};

/** Makes everything as large as fits. @param {HTMLElement} stage */
function fit(stage) {
  for (let size = 1; size >= SMALLEST; size -= STEP) {
    stage.style.setProperty("--wb-fit", size.toFixed(2));
    const isTooHigh = stage.scrollHeight > stage.clientHeight + 1;
    if (!isTooHigh && stage.scrollWidth <= stage.clientWidth + 1) return;
  }
}

/** Which page of a long result is shown; the control in another window may turn it too. */
function pager(/** @type {() => void} */ redraw) {
  let page = 0;
  let pages = 1;
  /** @type {BroadcastChannel | null} */
  let channel = null;
  const tell = () => channel?.postMessage({ page: page + 1, pages });
  const turn = (/** @type {number} */ step) => {
    const to = Math.min(Math.max(page + step, 0), pages - 1);
    if (to === page) return false;
    page = to;
    redraw();
    return true;
  };
  return {
    turn,
    page: () => page,
    pages: () => pages,
    /** @param {any} view @param {boolean} isSame whether the same thing stays on the screen */
    show(view, isSame) {
      pages = Math.max(view.pages?.length ?? 1, 1);
      page = isSame ? Math.min(page, pages - 1) : 0;
      if (view.code && !channel && typeof BroadcastChannel !== "undefined") {
        channel = new BroadcastChannel(`workbook-screen-${view.code}`);
        channel.onmessage = ({ data }) => (data.turn ? turn(data.turn) : data.hello && tell());
      }
    },
    tell,
    close: () => channel?.close(),
  };
}

/** @param {{ model: any, el: HTMLElement }} context */
function render({ model, el }) {
  const { screen: words, result: resultWords } = model.get("words");
  /** @type {Say} */
  const say = (key, values = {}) => fill(words[key] ?? key, values);
  const stage = make("div", { class: "wb-screen-stage" });
  const hint = make("button", { type: "button", class: "wb-screen-hint", onclick: toggleFull });
  const join = make("p", { class: "wb-screen-corner" });
  const lost = make("p", { class: "wb-screen-lost", role: "alert", hidden: true }, say("lost"));
  const back = make("button", { type: "button", "aria-label": say("page_back"), onclick: () => pages.turn(-1) }, "‹");
  const on = make("button", { type: "button", "aria-label": say("page_on"), onclick: () => pages.turn(1) }, "›");
  const place = make("span", { role: "status" });
  const other = make("button", { type: "button", onclick: () => turnOver() });
  const turner = make("nav", { class: "wb-screen-pages" }, other, back, place, on);
  const time = make("p", { class: "wb-screen-time", role: "timer", hidden: true });
  const foot = make("footer", {}, join, make("div", { class: "wb-screen-middle" }, turner, time), lost, hint);
  const clock = countdown((now) => {
    time.hidden = !now;
    setText(time, !now ? "" : now.left === 0 ? say("timer_over") : clockText(now.left) + (now.running ? "" : ` · ${say("timer_paused")}`));
  });
  const root = make("div", { class: "wb wb-screen", lang: model.get("language") }, stage, foot);
  let subject = "";
  let shown = "";
  let asTable = false;

  const draw = () => {
    const view = model.get("view");
    stage.replaceChildren(SCREENS[view.view](view, say, pages.page(), resultWords, asTable));
    root.dataset.view = view.view;
    const isResult = view.view === "result" && view.pages[pages.page()]?.src;
    const isLong = pages.pages() > 1;
    turner.hidden = !isLong && !isResult;
    other.hidden = !isResult;
    back.hidden = on.hidden = place.hidden = !isLong;
    setText(other, say(asTable ? "as_picture" : "as_table"));
    setText(place, say("page", { page: pages.page() + 1, pages: pages.pages() }));
    setText(join, view.code && view.view !== "join" ? say("join_small", { code: view.code }) : "");
    setText(hint, say(isLong ? "keys_pages" : "keys"));
    pages.tell();
    fit(stage);
  };
  const turnOver = () => {
    asTable = !asTable;
    draw();
  };
  const pages = pager(draw);
  const change = () => {
    const { timer, ...view } = model.get("view");
    clock.set(timer);
    // A second less on the clock is no reason to draw everything anew.
    if (JSON.stringify(view) === shown) return;
    shown = JSON.stringify(view);
    const about = `${view.view} ${view.ref ?? ""}`;
    pages.show(view, about === subject);
    subject = about;
    draw();
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "f" || event.key === "F") toggleFull();
    else if ((event.key === "t" || event.key === "T") && !other.hidden) turnOver();
  };
  let restsUntil = 0; // a remote that stutters takes one step
  const ask = (/** @type {string} */ what) => {
    if (Date.now() < restsUntil) return;
    restsUntil = Date.now() + REST;
    model.send({ do: what });
  };
  const leaveRemote = listenToRemote({
    step: () => pages.turn(1) || ask("step"),
    back: () => pages.turn(-1) || ask("back"),
    dark: () => ask("dark"),
  });
  const refit = () => fit(stage);

  el.append(root);
  change();
  document.fonts?.ready.then(refit);
  const leave = stayConnected(model, (connected) => (lost.hidden = connected));
  model.on("change:view", change);
  document.addEventListener("keydown", onKey);
  window.addEventListener("resize", refit);
  return () => {
    leave();
    leaveRemote();
    clock.close();
    pages.close();
    model.off("change:view", change);
    document.removeEventListener("keydown", onKey);
    window.removeEventListener("resize", refit);
  };
}

function toggleFull() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.().catch(() => {}); // the browser may refuse
}

export default { render };
