/**
 * Small helpers to build the page; texts go in as text, never as markup.
 */

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * Makes an element. A key that begins with "on" is a listener; null and false leave an attribute out.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {any}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else setAttribute(element, key, value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false && child !== ""));
  return element;
}

/**
 * @param {Element} element
 * @param {string} key
 * @param {string | number | boolean | null | undefined} value null and false take the attribute away
 */
export function setAttribute(element, key, value) {
  if (value === null || value === undefined || value === false) element.removeAttribute(key);
  else element.setAttribute(key, value === true ? "" : String(value));
}

/**
 * Changes a text only where it differs, so that a screen reader is not disturbed for nothing.
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Fills the {places} of an interface sentence.
 * @param {string} sentence
 * @param {Record<string, string | number>} values
 */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (place, key) => String(values[key] ?? place));
}

/**
 * An author's text with **strong** and *emphasised* words.
 * @param {string} text
 * @returns {Child[]}
 */
export function inline(text) {
  return text.split(/(\*\*[^*]+\*\*|\*[^*\s][^*]*\*)/).map((part) => {
    if (part.startsWith("**") && part.length > 4) return make("strong", {}, part.slice(2, -2));
    if (part.startsWith("*") && part.length > 2) return make("em", {}, part.slice(1, -1));
    return part;
  });
}

/**
 * An author's text as paragraphs and lists ("- " begins an item).
 * @param {string} text
 * @returns {HTMLElement[]}
 */
export function paragraphs(text) {
  const blocks = (text ?? "").split(/\n\s*\n/).map((block) => block.trim());
  return blocks.filter(Boolean).map((block) => {
    const lines = block.split("\n");
    if (!lines.every((line) => line.startsWith("- "))) return make("p", {}, inline(block));
    return make("ul", {}, lines.map((line) => make("li", {}, inline(line.slice(2)))));
  });
}

let made = 0;

/**
 * An id that no other element of the page has, also not one of another exercise.
 * @param {string} stem
 */
export function uniqueId(stem) {
  made += 1;
  return `wb-${stem.replace(/\W+/g, "-")}-${made}-${Math.random().toString(36).slice(2, 8)}`;
}
