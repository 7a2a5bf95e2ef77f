/**
 * What surrounds every exercise: prompt, privacy, input, saved state, skip, group result, evidence.
 */

import { joinDay, showIfMeant } from "./day.js";
import { openDrafts } from "./drafts.js";
import { make, paragraphs, setText, uniqueId } from "./elements.js";
import { readyForPaper } from "./paper.js";
import { privacyBadge, showChoice } from "./privacy.js";
import { joinPulse } from "./pulse.js";
import { drawRecalled } from "./recalled.js";
import { drawResult } from "./result.js";
import { versionsPart } from "./versions.js";

const SAVED_STAYS = 6000;
// These say themselves what is wrong with what was typed.
const SAY_PROBLEMS = ["text", "lines", "number", "slider", "date", "datetime"];

/**
 * What an input may ask and do.
 * @typedef {object} Sheet
 * @property {() => any} exercise
 * @property {Record<string, any>} words
 * @property {() => Record<string, any>} answer
 * @property {() => any} status
 * @property {() => any} feedback
 * @property {() => any} wall
 * @property {() => any} mail cards from and to others, {} where an exercise has none
 * @property {() => any} problem what is wrong with a field, or {}
 * @property {() => any[]} recalled what was written in earlier exercises
 * @property {(patch: Record<string, any>, isAtOnce?: boolean) => void} write
 * @property {() => void} push
 * @property {(key: string, isHeld: boolean) => void} hold
 * @property {(key: string) => boolean} isHeld
 * @property {(callback: () => void) => void} whenKept
 * @property {(message: Record<string, any>) => void} send
 * @property {(text: string) => void} say speaks politely to a screen reader
 * @property {() => string} askNoNames shows once per exercise what nobody should type; the id of that line
 * @property {boolean} isRestored a draft was found that the server did not have
 *
 * @typedef {{ element: HTMLElement, update: () => void }} Input
 */

/** @param {any} model @param {ReturnType<typeof openDrafts>} drafts @param {{ speaker: HTMLElement, names: HTMLElement }} lines @returns {Sheet} */
function openSheet(model, drafts, { speaker, names }) {
  const ask = (/** @type {string} */ trait) => () => model.get(trait) ?? {};
  return {
    exercise: ask("exercise"),
    words: model.get("words"),
    status: ask("status"),
    feedback: ask("feedback"),
    wall: ask("wall"),
    mail: ask("mail"),
    problem: ask("problem"),
    recalled: () => model.get("recalled") ?? [],
    answer: drafts.answer,
    write: (patch, isAtOnce) => drafts.write({ ...patch, skipped: undefined }, isAtOnce),
    push: drafts.push,
    hold: drafts.hold,
    isHeld: drafts.isHeld,
    whenKept: drafts.whenKept,
    isRestored: drafts.isRestored,
    send(message) {
      try {
        model.send(message);
      } catch {
        // a disposed connection throws; the pulse makes the page anew
      }
    },
    say: (text) => setText(speaker, text),
    askNoNames() {
      names.hidden = false;
      return names.id;
    },
  };
}

/** The line that says where the answer is. @param {Record<string, string>} words */
function savedLine(words) {
  const element = make("p", { class: "wb-saved", role: "status" });
  let state = "";
  let isUp = true;
  /** @type {any} */
  let timer;
  function draw() {
    const shown = !isUp && state !== "refused" ? (state === "" || state === "saved" ? "offline" : "waiting") : state;
    element.dataset.state = shown;
    setText(element, shown ? words[`save_${shown}`] : "");
  }
  return {
    element,
    set(/** @type {string} */ next) {
      state = next;
      clearTimeout(timer);
      // "saving" is only worth a word when it takes long enough to wonder
      if (next === "saving") timer = setTimeout(draw, 250);
      else draw();
      if (next === "saved") timer = setTimeout(() => element.classList.add("wb-quiet"), SAVED_STAYS);
      element.classList.remove("wb-quiet");
    },
    line(/** @type {boolean} */ isThere) {
      isUp = isThere;
      draw();
    },
  };
}

/** The badges above the input: one per kind of privacy that the exercise has. @param {Sheet} sheet */
function privacyLines(sheet) {
  const codes = new Set(sheet.exercise().privacy ?? []);
  const isForWall = (sheet.exercise().fields ?? []).some((/** @type {any} */ field) => field.wall);
  if ((isForWall || sheet.exercise().wall_field) && !sheet.status().alone) codes.add("W");
  return [...codes].map((/** @type {string} */ code) => privacyBadge(code, sheet));
}

/** @param {Sheet} sheet */
function statusNote(sheet) {
  const { open, opened, alone, counting } = sheet.status();
  if (open || !opened || alone) return "";
  const counts = (sheet.exercise().privacy ?? []).includes("C") && counting !== false;
  return sheet.words.frame[counts ? "closed_counted" : "closed"];
}

/**
 * Makes a widget out of the drawing of one exercise type's input.
 * @param {(sheet: Sheet) => Input} drawInput
 * @param {{ canSkip?: boolean, hasOwnFeedback?: boolean }} [options]
 */
export function frame(drawInput, { canSkip = true, hasOwnFeedback = false } = {}) {
  return {
    render(/** @type {{ model: any, el: HTMLElement }} */ { model, el }) {
      const words = model.get("words").frame;
      const saved = savedLine(words);
      const speaker = make("p", { class: "wb-unseen", role: "status" });
      const names = make("p", { class: "wb-no-names", id: uniqueId("no-names"), hidden: true }, words.no_names);
      /** @type {Input | null} */
      let input = null;
      /** @type {any} */
      let shownPicture = null;

      const drafts = openDrafts(model, { answer: () => refresh(), state: saved.set });
      const sheet = openSheet(model, drafts, { speaker, names });
      const versions = versionsPart(sheet, model, () => refresh());
      const titleId = uniqueId("title");
      const parts = {
        title: make("h3", { class: "wb-title", id: titleId }),
        privacy: make("div", { class: "wb-privacies" }),
        prompt: make("div", { class: "wb-prompt" }),
        note: make("p", { class: "wb-note" }),
        look: make("button", { type: "button", class: "wb-button", hidden: true, onclick: lookAtResult }, words.look_at_result),
        recalled: make("div", { class: "wb-recalled" }),
        input: make("div", { class: "wb-input" }, names),
        problem: make("p", { class: "wb-problem", role: "alert" }),
        feedback: make("div", { class: "wb-feedback" }),
        result: make("div", { class: "wb-result-place" }),
        skip: make("button", { type: "button", class: "wb-link", onclick: skip }),
        evidence: make("details", { class: "wb-evidence" }),
      };
      const foot = make("div", { class: "wb-foot" }, saved.element, canSkip && parts.skip);
      const { title, privacy, prompt, note, look, recalled, problem, feedback, result, evidence } = parts;
      const around = sheet.exercise().recall_after ? [parts.input, recalled] : [recalled, parts.input];
      const section = make(
        "section",
        { class: "wb wb-frame", lang: model.get("language"), "aria-labelledby": titleId, "data-exercise": sheet.exercise().id },
        make("p", { class: "wb-kicker" }, words.exercise),
        [title, prompt, privacy, note, look, around, versions.element, problem, feedback, foot, result, evidence, speaker].flat(),
      );

      function skip() {
        const isSkipped = Boolean(drafts.answer().skipped);
        drafts.write({ skipped: isSkipped ? undefined : true }, true);
        sheet.say(isSkipped ? words.unskipped : words.skipped);
        refresh();
      }

      function lookAtResult() {
        result.firstElementChild?.scrollIntoView({ block: "start" });
        result.firstElementChild?.focus({ preventScroll: true });
      }

      /** The parts that hold the author's words. */
      function drawTexts() {
        const exercise = sheet.exercise();
        setText(title, exercise.title);
        prompt.replaceChildren(...paragraphs(exercise.prompt));
        const summary = make("summary", {}, words.evidence);
        evidence.replaceChildren(summary, ...paragraphs(exercise.evidence), make("p", { class: "wb-small" }, words.evidence_marks));
      }

      function drawMemories() {
        const above = sheet.recalled().filter((entry) => !entry.beside);
        recalled.replaceChildren(...drawRecalled(above, words));
        input?.update();
      }

      function drawState() {
        const { open, opened, alone } = sheet.status();
        const isUsable = Boolean(open || opened || alone);
        const isSkipped = Boolean(drafts.answer().skipped);
        if (isUsable && !input) {
          input = drawInput(sheet);
          parts.input.append(input.element);
          drafts.push();
          if (section.dataset.state === "waiting") sheet.say(words.now_open);
        }
        section.toggleAttribute("data-open", Boolean(open) && !alone);
        section.toggleAttribute("data-done", Boolean(sheet.status().done));
        section.dataset.state = isUsable ? (isSkipped ? "skipped" : "usable") : "waiting";
        for (const part of [prompt, privacy, recalled, foot, evidence]) part.hidden = !isUsable;
        parts.input.hidden = !isUsable || isSkipped;
        const text = !isUsable ? words.not_open : isSkipped ? words.skipped : statusNote(sheet);
        note.hidden = !text;
        setText(note, text);
        setText(parts.skip, isSkipped ? words.unskip : words.skip);
        parts.skip.hidden = Boolean(sheet.feedback().score !== undefined);
      }

      function drawAnswers() {
        const { field, text } = sheet.problem();
        const hasOwnPlace = (sheet.exercise().fields ?? []).some((/** @type {any} */ one) => one.key === field && SAY_PROBLEMS.includes(one.kind));
        setText(problem, text && !hasOwnPlace ? text : "");
        feedback.replaceChildren(...paragraphs(drafts.answer().skipped || hasOwnFeedback ? "" : sheet.feedback().text));
        drawPicture();
      }

      function drawPicture() {
        const picture = model.get("result")?.rows ? model.get("result") : null;
        if (picture === shownPicture) return;
        if (picture && !shownPicture && section.isConnected) sheet.say(words.result_is_here);
        shownPicture = picture;
        look.hidden = !picture;
        result.replaceChildren(...(picture ? [drawResult(picture, sheet.words.result)] : []));
        result.firstElementChild?.setAttribute("tabindex", "-1");
      }

      function refresh() {
        showChoice(sheet.status().counting);
        privacy.replaceChildren(...privacyLines(sheet));
        drawState();
        drawAnswers();
        input?.update();
      }

      const traits = ["exercise", "status", "feedback", "result", "wall", "mail", "problem"];
      const events = traits.map((trait) => `change:${trait}`);
      const onChange = () => refresh();
      for (const event of events) model.on(event, onChange);
      model.on("change:exercise", drawTexts);
      model.on("change:recalled", drawMemories);
      const leavePulse = joinPulse(model, saved.line);
      const leaveDay = joinDay(model);
      const leavePaper = readyForPaper(section);
      drawTexts();
      drawMemories();
      refresh();
      el.classList.add("wb-host");
      el.append(section);
      showIfMeant(section);
      return () => {
        for (const event of events) model.off(event, onChange);
        model.off("change:exercise", drawTexts);
        model.off("change:recalled", drawMemories);
        versions.close();
        leavePulse();
        leaveDay();
        leavePaper();
        drafts.close();
      };
    },
  };
}
