// A module on a phone: one exercise in sight at a time. Everywhere else it is one long page.
(() => {
  const NARROW = "(max-width: 719.98px), (max-height: 479.98px) and (max-width: 959.98px)";
  const LONG = 1050; // theory higher than this begins folded,
  const BEGINNING = 300; // and shows about this much of itself
  const main = document.getElementById("main");
  const one = (selector, within = main) => within.querySelector(selector);
  const steps = [...main.querySelectorAll(".wb-step")];
  // A long text can be a step without an exercise.
  const exercises = steps.filter((step) => one(".wb-print", step));
  const nav = one(".wb-steps");
  const said = { ...nav.dataset };
  const [name, part, spoken, fold] = nav.children;
  const links = [...fold.querySelectorAll("a")];
  const turn = one(".wb-turn");
  const [back, on] = turn.children;
  const modules = one(".site-modules");
  const offer = one(".wb-offer > div");
  const [offered, goThere, notNow] = offer.children;
  const phone = matchMedia(NARROW);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  // Those of a preview go when its exercise is there.
  const headings = (step) => [...step.querySelectorAll("h1, h2, h3")].filter((title) => !title.closest(".wb-preview"));
  const titleOf = (step) => links[steps.indexOf(step)].firstElementChild.textContent;
  name.textContent = one(".wb-step h1")?.firstChild.textContent ?? "";
  let now = steps[0];
  let wasOpen = null; // the steps whose exercise was open when we last looked
  let waiting = null; // the step that is offered

  /** Show the step that one is at, or all of them where there is room. */
  function draw() {
    const at = steps.indexOf(now);
    for (const step of steps) step.hidden = phone.matches && step !== now;
    nav.hidden = turn.hidden = !phone.matches;
    modules?.toggleAttribute("hidden", phone.matches && at < steps.length - 1);
    one("summary > span", fold).textContent = fill(said.step, { n: at + 1, all: steps.length });
    one(".wb-meter > span", fold).style.inlineSize = `${(100 * (at + 1)) / steps.length}%`;
    links.forEach((link, index) => (index === at ? link.setAttribute("aria-current", "step") : link.removeAttribute("aria-current")));
    // The headings above a step may stand in an earlier one; then these are read out.
    name.hidden = Boolean(one("h1", now));
    part.textContent = steps.slice(0, at).flatMap(headings).findLast((title) => title.matches("h2"))?.firstChild.textContent ?? titleOf(now);
    back.hidden = at === 0;
    on.hidden = at === steps.length - 1;
    const other = document.querySelector(".site-language");
    if (other && location.hash) other.hash = now.id;
    drawOffer(waiting === now ? null : waiting);
    drawPart();
  }

  /** An exercise needs a heading above it; its own comes when it is drawn. */
  function drawPart() {
    part.hidden = !headings(now)[0]?.matches("h3");
  }

  function drawOffer(step) {
    waiting = step;
    offer.hidden = !step || !phone.matches;
    offered.textContent = step ? fill(said.opens, { title: titleOf(step) }) : "";
  }

  /** Say at every step how far its exercise is, and offer the one that was just opened. */
  function look() {
    drawPart();
    const frames = exercises.map((step) => one(".wb-frame", step));
    const isGuided = frames.some((frame) => frame && !frame.hasAttribute("data-open"));
    frames.forEach((frame, index) => {
      const state = frame?.hasAttribute("data-done") ? "done" : frame?.dataset.state;
      const isNow = isGuided && state === "usable" && frame.hasAttribute("data-open");
      const text = (isNow ? said.open : said[state]) ?? "";
      const place = links[steps.indexOf(exercises[index])].lastElementChild;
      if (place.textContent !== text) place.textContent = text;
    });
    if (!frames.every(Boolean)) return;
    const open = exercises.filter((_, index) => frames[index].hasAttribute("data-open"));
    // Who comes in by a link to a step wanted to be there.
    const before = wasOpen ?? (isGuided && !location.hash ? [] : open);
    const opened = open.filter((step) => !before.includes(step)).at(-1);
    wasOpen = open;
    if (waiting && !open.includes(waiting)) drawOffer(null);
    if (opened && opened !== now) drawOffer(opened);
  }

  /** Go to the step that the address names; another place in a step is found there, too. */
  function arrive(isMoving) {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id ? document.getElementById(id) : steps[0];
    const step = target?.closest(".wb-step");
    // The way past the header, or nonsense: where one was stays in the address.
    if (!step) return history.replaceState(null, "", `#${now.id}`);
    now = step;
    draw();
    if (!phone.matches || (!isMoving && target === step)) return;
    if (target !== step) return bringOut(target);
    const heading = one("h1, h2, h3", step) ?? step;
    heading.tabIndex = -1;
    fold.open = false;
    heading.focus({ preventScroll: true });
    nav.scrollIntoView();
    spoken.textContent = one("summary > span", fold).textContent;
  }

  function bringOut(target) {
    target.closest("[data-folded]")?.querySelector(":scope > button").click();
    target.scrollIntoView();
  }

  const goTo = (step) => (location.hash = step.id);
  const goBy = (by) => () => goTo(steps[steps.indexOf(now) + by]);

  /** Leave the beginning of a long text in sight, with a button for the rest. */
  function shorten(theory) {
    const parts = [...theory.children];
    const top = theory.getBoundingClientRect().top;
    let first = parts.findIndex((part) => part.getBoundingClientRect().bottom - top > BEGINNING);
    while (first > 1 && /^H\d$/.test(parts[first - 1].tagName)) first -= 1;
    const rest = parts.slice(Math.max(first, 1));
    const more = document.createElement("button");
    Object.assign(more, { type: "button", className: "wb-link wb-more", textContent: said.more });
    more.onclick = () => {
      lengthen(theory);
      rest[0].tabIndex = -1;
      rest[0].focus({ preventScroll: true });
    };
    for (const part of rest) part.hidden = true;
    theory.dataset.folded = "";
    theory.append(more);
  }

  function lengthen(theory) {
    delete theory.dataset.folded;
    one(":scope > .wb-more", theory).remove();
    for (const part of theory.children) part.hidden = false;
  }

  /** A phone or not: it can be turned, and a window made smaller. */
  function fit() {
    for (const step of steps) step.hidden = false;
    for (const theory of main.querySelectorAll("[data-folded]")) lengthen(theory);
    if (phone.matches) {
      for (const theory of exercises.flatMap((step) => [...step.querySelectorAll(":scope > .wb-theory")])) if (theory.offsetHeight > LONG) shorten(theory);
    }
    draw();
  }

  function turned() {
    if (matchMedia("print").matches) return; // paper is narrow, too
    fit();
    if (location.hash || scrollY > nav.offsetTop) (phone.matches ? nav : now).scrollIntoView();
  }

  back.onclick = goBy(-1);
  on.onclick = goBy(1);
  goThere.onclick = () => goTo(waiting);
  notNow.onclick = () => drawOffer(null);
  addEventListener("hashchange", () => arrive(true));
  phone.addEventListener("change", turned);
  fit();
  if (location.hash) arrive(false);
  look();
  const watched = { subtree: true, childList: true, attributeFilter: ["data-state", "data-open", "data-done"] };
  new MutationObserver(look).observe(main, watched);
})();

// One exercise, or the whole module, on paper.
for (const line of document.querySelectorAll(".wb-print")) {
  line.hidden = false;
  line.firstElementChild.onclick = () => {
    const place = line.previousElementSibling;
    const only = place?.matches(".wb-place") ? place : null;
    only?.setAttribute("data-only", "");
    addEventListener("afterprint", () => only?.removeAttribute("data-only"), { once: true });
    print();
  };
}
