/**
 * The three most important of several options: tap to add, buttons to move and to take away.
 */

import { fill, make, setAttribute, setText, uniqueId } from "./elements.js";

/** @typedef {import("./frame.js").Sheet} Sheet */

/** @param {Sheet} sheet @param {any} field */
export function top3Field(sheet, field) {
  const words = sheet.words.fields;
  const labelId = uniqueId(field.key);
  const none = make("p", { class: "wb-hint" }, fill(words.nothing_ranked, field));
  const list = make("ol", { class: "wb-ranked", role: "list" });
  const note = make("p", { class: "wb-hint wb-note-line", role: "status" });
  const places = field.options.map(() => make("span", { class: "wb-rank", "aria-hidden": "true" }));
  const buttons = field.options.map((/** @type {any} */ option, /** @type {number} */ index) =>
    make("button", { type: "button", class: "wb-option", "aria-pressed": "false", onclick: () => toggle(option.key) }, places[index], make("span", {}, option.label)),
  );
  const element = make(
    "div",
    { class: "wb-choice wb-chips wb-top3", role: "group", "aria-labelledby": labelId },
    make("p", { class: "wb-label", id: labelId }, field.label),
    [field.hint && make("p", { class: "wb-hint" }, field.hint), none, list, make("div", { class: "wb-options" }, buttons), note],
  );

  /** @returns {string[]} */
  const ranked = () => sheet.answer()[field.key] ?? [];
  const labelOf = (/** @type {string} */ key) => field.options.find((/** @type {any} */ one) => one.key === key)?.label ?? "";

  function write(/** @type {string[]} */ keys, /** @type {string} */ said) {
    sheet.write({ [field.key]: keys }, true);
    update();
    setText(note, said);
  }

  function toggle(/** @type {string} */ key) {
    const keys = ranked();
    if (keys.includes(key)) return remove(key);
    if (keys.length >= field.max) return setText(note, fill(words.full, field));
    write([...keys, key], fill(words.ranked, { label: labelOf(key), place: keys.length + 1 }));
  }

  function remove(/** @type {string} */ key) {
    write(ranked().filter((one) => one !== key), fill(words.unranked, { label: labelOf(key) }));
    buttons[field.options.findIndex((/** @type {any} */ one) => one.key === key)].focus();
  }

  function move(/** @type {string} */ key, /** @type {number} */ step) {
    const keys = ranked().filter((one) => one !== key);
    const place = ranked().indexOf(key) + step;
    keys.splice(place, 0, key);
    write(keys, fill(words.ranked, { label: labelOf(key), place: place + 1 }));
    const moved = list.children[place].querySelectorAll("button");
    [...moved].find((button, index) => !button.disabled && (index === 0) === step < 0)?.focus();
    if (!list.contains(document.activeElement)) [...moved].find((button) => !button.disabled)?.focus();
  }

  function line(/** @type {string} */ key, /** @type {number} */ index) {
    const label = labelOf(key);
    const button = (/** @type {string} */ sign, /** @type {string} */ name, /** @type {() => void} */ onclick, isIdle = false) =>
      make("button", { type: "button", class: "wb-small-button", "aria-label": fill(name, { label }), disabled: isIdle, onclick }, sign);
    return make(
      "li",
      {},
      make("span", { class: "wb-ranked-label" }, label),
      button("↑", words.up, () => move(key, -1), index === 0),
      button("↓", words.down, () => move(key, 1), index === ranked().length - 1),
      button("×", words.take_away, () => remove(key)),
    );
  }

  function update() {
    const keys = ranked();
    none.hidden = keys.length > 0;
    list.hidden = !keys.length;
    if (list.dataset.keys !== keys.join()) list.replaceChildren(...keys.map(line));
    list.dataset.keys = keys.join();
    buttons.forEach((/** @type {any} */ button, /** @type {number} */ index) => {
      const place = keys.indexOf(field.options[index].key);
      setAttribute(button, "aria-pressed", place < 0 ? "false" : "true");
      setText(places[index], place < 0 ? "+" : String(place + 1));
    });
  }

  update();
  return { element, update };
}
