/** A sentence in large letters that fills itself with what is typed. */

import { make, setText, uniqueId } from "./elements.js";

/** @typedef {import("./frame.js").Sheet} Sheet */

/** @param {Sheet} sheet @param {string} title @param {any[]} parts texts and { field } in turn */
export function wholeSentence(sheet, title, parts) {
  const spans = parts.map((part) => make("span", typeof part === "string" ? {} : { class: "wb-gap", dir: "auto" }, typeof part === "string" ? part : "…"));
  const id = uniqueId("sentence");
  const element = make("div", { class: "wb-sentence-card", role: "group", "aria-labelledby": id }, make("p", { class: "wb-kicker", id }, title), make("p", { class: "wb-sentence", dir: "auto" }, spans));

  const typed = (/** @type {any} */ part) => (sheet.answer()[part.field] ?? "").trim().replace(/\.+$/, "");

  function update() {
    parts.forEach((part, index) => {
      if (typeof part === "string") {
        // Three dots end a sentence by themselves.
        const isOpen = index > 0 && !typed(parts[index - 1]);
        setText(spans[index], isOpen ? part.replace(/^\./, "") : part);
        return;
      }
      const text = typed(part);
      setText(spans[index], text || "…");
      spans[index].classList.toggle("wb-empty", !text);
    });
  }

  update();
  return { element, update };
}
