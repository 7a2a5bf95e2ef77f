/**
 * The keys of a presenter's remote, and of a keyboard: on, back, black screen.
 */

const KEYS = { PageDown: "step", ArrowRight: "step", " ": "step", PageUp: "back", ArrowLeft: "back", b: "dark", ".": "dark", "?": "help" };
const TYPED_IN = "input, textarea, select, [contenteditable]:not([contenteditable=false])";
const PRESSED = "button, a[href], summary, label, [role=button]";

/**
 * Calls what belongs to a key; not while somebody types, and not twice for a held key.
 * @param {Record<string, (event: KeyboardEvent) => void>} acts
 * @param {() => boolean} [isOn] whether keys do anything now
 * @returns {() => void} stops
 */
export function listenToRemote(acts, isOn = () => true) {
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
    const at = event.target instanceof Element ? event.target : document.body;
    if (at.closest(TYPED_IN) || (event.key === " " && at.closest(PRESSED))) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = acts[KEYS[/** @type {keyof typeof KEYS} */ (key)]];
    if (!act || !isOn()) return;
    event.preventDefault();
    act(event);
  };
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}
