/**
 * Draws a field of any kind; what an exercise needs is the field as Python gave it.
 */

import { checksField, choiceField, scaleField, textField } from "./fields.js";
import { linesField } from "./lines.js";
import { dateField, numberField, sliderField } from "./number_fields.js";
import { pickField } from "./pick.js";
import { top3Field } from "./top3.js";

/** @typedef {import("./frame.js").Sheet} Sheet */

/** @type {Record<string, (sheet: Sheet, field: any) => { element: any, update: () => void }>} */
const KINDS = {
  text: textField,
  lines: linesField,
  choice: (sheet, field) => choiceField(sheet, field, { legend: field.label ?? "", layout: "chips" }),
  checks: checksField,
  multi: checksField,
  top3: top3Field,
  pick: pickField,
  scale: scaleField,
  slider: sliderField,
  number: numberField,
  date: dateField,
  datetime: dateField,
};

/** @param {Sheet} sheet @param {any} field */
export const drawField = (sheet, field) => ({ field, ...KINDS[field.kind](sheet, field) });
