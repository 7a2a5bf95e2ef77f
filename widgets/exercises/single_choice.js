/** One question with one choice: big native radio buttons. */

import { choiceField } from "../fields.js";
import { frame } from "../frame.js";

export default frame((sheet) => {
  const [field] = sheet.exercise().fields;
  return choiceField(sheet, field, { legend: sheet.exercise().title, isLegendUnseen: true });
});
