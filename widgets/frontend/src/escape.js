// Takes the place of sanitize-html: whatever looks like markup is shown as it was written.

const SIGNS = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** @param {string} text */
export default function escape(text) {
  return String(text).replace(/[&<>"']/g, (sign) => SIGNS[sign]);
}
