/** One short text, that may go on the screen by an act of its own. */

import { make } from "../elements.js";
import { ownText, textField } from "../fields.js";
import { frame } from "../frame.js";
import { wallAct } from "../wall.js";

export default frame((sheet) => {
  const [field] = sheet.exercise().fields;
  const text = textField(sheet, field, { onText: () => wall?.update() });
  const wall = field.wall ? wallAct(sheet, field.key, () => ownText(sheet, field.key)) : null;
  return {
    element: make("div", {}, text.element, wall?.element),
    update() {
      text.update();
      wall?.update();
    },
  };
});
