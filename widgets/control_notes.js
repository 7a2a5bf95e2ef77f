/**
 * What the trainer says and looks out for, beside the exercise where the room is.
 */

import { exercisesOf } from "./control_panels.js";
import { make, setText } from "./elements.js";

const KINDS = ["opening", "debrief", "pitfalls", "safety"];

/** @param {import("./control_panels.js").Tools} tools @returns {import("./control_panels.js").Panel} */
export function notesPanel({ say }) {
  const about = make("p", { class: "wb-control-now" });
  const place = make("div", { class: "wb-control-notes" });
  const hint = make("p", { class: "wb-control-hint" }, say("notes_hint"));
  const node = make("section", { class: "wb-panel" }, make("h2", {}, say("notes")), hint, about, place);
  let drawn = "";
  const draw = (/** @type {any} */ overview) => {
    const id = overview.day.here ?? overview.step?.exercise ?? exercisesOf(overview)[0]?.id;
    const module = overview.modules.find((/** @type {any} */ one) => one.exercises.some((/** @type {any} */ it) => it.id === id));
    const exercise = module?.exercises.find((/** @type {any} */ one) => one.id === id);
    node.hidden = !exercise;
    if (!exercise || drawn === id) return;
    drawn = id;
    setText(about, `${module.title} · ${exercise.title}`);
    const parts = [part(say("notes_prompt"), [exercise.prompt], false)];
    for (const kind of KINDS) parts.push(part(say(`notes_${kind}`), module.notes[kind], true));
    parts.push(part(say("notes_evidence"), [exercise.evidence], false));
    place.replaceChildren(...parts);
  };
  return { node, draw };
}

/** @param {string} title @param {string[]} texts @param {boolean} isOpen */
function part(title, texts, isOpen) {
  const lines = texts.map((text) => make("li", {}, text));
  return make("details", { open: isOpen }, make("summary", {}, title), make("ul", {}, lines));
}
