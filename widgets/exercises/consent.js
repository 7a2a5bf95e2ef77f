/** The agreement: what happens with answers, and two equal buttons of which none is chosen beforehand. */

import { inline, make, setAttribute, setText } from "../elements.js";
import { frame } from "../frame.js";
import { shape } from "../shapes.js";

const CHOICE_SIGNS = /** @type {Record<string, string>} */ ({ yes: "count", no: "lock" });

/** @param {import("../frame.js").Sheet} sheet */
function draw(sheet) {
  const { fields, points } = sheet.exercise();
  const [field] = fields;
  const words = sheet.words.consent;
  const now = make("p", { class: "wb-choice-now", role: "status" });
  const buttons = field.options.map((/** @type {any} */ option) =>
    make("button", { type: "button", class: "wb-consent-button", onclick: () => choose(option.key) }, shape(CHOICE_SIGNS[option.key] ?? ""), make("span", {}, option.label)),
  );
  const list = (points ?? []).map((/** @type {string} */ point) => make("li", {}, inline(point)));

  /** @type {string | null} what was pressed, until the room says the same */
  let pressed = null;

  /** The room's word goes first: the choice can be changed on other pages too. */
  function chosenKey() {
    const { counting } = sheet.status();
    const known = typeof counting === "boolean" ? (counting ? "yes" : "no") : sheet.answer()[field.key];
    if (pressed === known) pressed = null;
    return pressed ?? known;
  }

  function choose(/** @type {string} */ key) {
    pressed = key;
    sheet.send({ do: "choose", counting: key === "yes" });
    sheet.write({ [field.key]: key }, true);
    update();
  }

  function update() {
    const chosen = chosenKey();
    field.options.forEach((/** @type {any} */ option, /** @type {number} */ index) => {
      setAttribute(buttons[index], "aria-pressed", String(option.key === chosen));
    });
    setText(now, words[chosen ? `chose_${chosen}` : "not_chosen"]);
  }

  // A choice that never reached the server is made once more, so that "only for me" cannot be lost.
  if (sheet.isRestored && sheet.answer()[field.key]) sheet.send({ do: "choose", counting: sheet.answer()[field.key] === "yes" });
  update();
  const element = make(
    "div",
    {},
    list.length > 0 && make("ul", { class: "wb-points" }, list),
    make("div", { class: "wb-consent", role: "group", "aria-label": field.label ?? sheet.exercise().title }, buttons),
    [now, make("p", { class: "wb-small" }, words.any_time)],
  );
  return { element, update };
}

export default frame(draw, { canSkip: false });
