/**
 * The signs that go with the colours: square for leadership, circle for personal leadership,
 * both overlapping for both; cloud, heart and arrow for thought, feeling and behaviour, with a
 * camera for the event before them and a flag for what comes of it; and small icons for privacy.
 */

const SVG = "http://www.w3.org/2000/svg";

/** @type {Record<string, [string, Record<string, string | number>][]>} */
const PARTS = {
  L: [["rect", { x: 4, y: 4, width: 16, height: 16, rx: 2 }]],
  P: [["circle", { cx: 12, cy: 12, r: 9 }]],
  B: [
    ["rect", { x: 1.5, y: 3.5, width: 13, height: 13, rx: 2, class: "wb-shape-line" }],
    ["circle", { cx: 15.5, cy: 14, r: 7 }],
  ],
  thought: [["path", { d: "M7 19a4.5 4.5 0 0 1-.6-8.9A5.7 5.7 0 0 1 17.3 9a5 5 0 0 1 .2 10z" }]],
  feeling: [["path", { d: "M12 20.5C6 16.6 3 13.2 3 9.5a4.7 4.7 0 0 1 9-2 4.7 4.7 0 0 1 9 2c0 3.7-3 7.1-9 11z" }]],
  behaviour: [["path", { d: "M3 9h8V4l10 8-10 8v-5H3z" }]],
  event: [["path", { d: "M4 7h3l1.5-2h7L17 7h3a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 20 19H4a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 4 7zm8 2.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z" }]],
  consequence: [["path", { d: "M6 21V4h12l-3 4 3 4H6", class: "wb-shape-line" }]],
  lock: [
    ["rect", { x: 5, y: 10.5, width: 14, height: 10, rx: 2 }],
    ["path", { d: "M8 10.5V8a4 4 0 0 1 8 0v2.5", class: "wb-shape-line" }],
  ],
  count: [["path", { d: "M4 20v-6h4v6zM10 20V5h4v15zM16 20v-9h4v9z" }]],
  letter: [
    ["rect", { x: 3, y: 5, width: 18, height: 14, rx: 1.5, class: "wb-shape-line" }],
    ["path", { d: "M4 7l8 6 8-6", class: "wb-shape-line" }],
  ],
  wall: [
    ["rect", { x: 3, y: 4, width: 18, height: 12, rx: 1.5, class: "wb-shape-line" }],
    ["path", { d: "M12 16v4M8 20h8", class: "wb-shape-line" }],
  ],
  right: [["path", { d: "M4.5 12.5l5 5L19.5 7", class: "wb-shape-line" }]],
  other: [["path", { d: "M5 9h14M5 15h14M8 19L16 5", class: "wb-shape-line" }]],
  up: [["path", { d: "M12 20V5M6 11l6-6 6 6", class: "wb-shape-line" }]],
  level: [["path", { d: "M5 9.5h14M5 15h14", class: "wb-shape-line" }]],
  down: [["path", { d: "M12 4v15M6 13l6 6 6-6", class: "wb-shape-line" }]],
  grip: [["path", { d: "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01", class: "wb-shape-line" }]],
};

/**
 * A sign in the colour of the text around it; it says nothing to a screen reader, the words beside it do.
 * @param {string | null | undefined} name a key of PARTS
 * @returns {SVGElement | string} an empty text for a name that has no sign
 */
export function shape(name) {
  if (!name || !PARTS[name]) return "";
  const svg = document.createElementNS(SVG, "svg");
  const attributes = { viewBox: "0 0 24 24", class: "wb-shape", "data-shape": name, "aria-hidden": "true", focusable: "false" };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  for (const [tag, part] of PARTS[name]) {
    const element = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(part)) element.setAttribute(key, String(value));
    svg.append(element);
  }
  return svg;
}
