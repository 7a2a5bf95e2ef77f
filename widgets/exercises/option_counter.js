/** A stuck situation with two lists of options: before a mirror and after it. */

import { drawField } from "../any_field.js";
import { make } from "../elements.js";
import { frame } from "../frame.js";
import { privacyBadge } from "../privacy.js";

/** @typedef {import("../frame.js").Sheet} Sheet */

/** @param {Sheet} sheet */
function draw(sheet) {
  const { fields, gain } = sheet.exercise();
  const drawn = fields.map((/** @type {any} */ field) => drawField(sheet, field));
  const badge = make("p", {});
  const pieces = drawn.map((/** @type {any} */ one) => make("div", { class: "wb-form-part" }, privacyBadge(one.field.privacy, sheet, true), one.element));

  // The badge of what may be counted changes with the choice to be counted.
  function update() {
    badge.replaceChildren(privacyBadge(gain.privacy, sheet, true), ` ${gain.label}`);
    drawn.forEach((/** @type {any} */ one) => one.update());
  }

  update();
  return { element: make("div", { class: "wb-form" }, pieces, badge), update };
}

export default frame(draw);
