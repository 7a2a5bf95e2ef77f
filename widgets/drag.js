/**
 * Dragging with a mouse anywhere on a card, with a finger or pen by its handle, so that the page still scrolls.
 */

const SLACK = 6;

/**
 * Lets an element be dragged onto a place that has `data-drop`.
 * @param {HTMLElement} element
 * @param {HTMLElement | null} handle where a finger can take hold
 * @param {(place: string) => void} onDrop
 */
export function letDrag(element, handle, onDrop) {
  /** @type {{ x: number, y: number, id: number, isMoving: boolean } | null} */
  let start = null;
  /** @type {Element | null} */
  let target = null;

  function aim(/** @type {Element | null} */ next) {
    if (next === target) return;
    target?.classList.remove("wb-aimed");
    next?.classList.add("wb-aimed");
    target = next;
  }

  function begin(/** @type {PointerEvent} */ event) {
    const isByFinger = event.pointerType !== "mouse";
    if (event.button !== 0 || (isByFinger && !handle?.contains(/** @type {Node} */ (event.target)))) return;
    start = { x: event.clientX, y: event.clientY, id: event.pointerId, isMoving: false };
  }

  function move(/** @type {PointerEvent} */ event) {
    if (!start || event.pointerId !== start.id) return;
    const [x, y] = [event.clientX - start.x, event.clientY - start.y];
    if (!start.isMoving && Math.hypot(x, y) < SLACK) return;
    if (!start.isMoving) element.setPointerCapture(event.pointerId);
    start.isMoving = true;
    element.classList.add("wb-dragging");
    element.style.transform = `translate(${x}px, ${y}px)`;
    const below = document.elementFromPoint(event.clientX, event.clientY)?.closest("[data-drop]") ?? null;
    aim(element.closest(".wb-sort")?.contains(below) ? below : null);
  }

  function end(/** @type {PointerEvent} */ event) {
    if (!start || event.pointerId !== start.id) return;
    const wasMoving = start.isMoving;
    const place = event.type === "pointerup" ? target?.getAttribute("data-drop") : null;
    start = null;
    aim(null);
    element.classList.remove("wb-dragging");
    element.style.transform = "";
    if (wasMoving) swallowClick();
    if (wasMoving && place) onDrop(place);
  }

  /** The end of a drag is not a tap. */
  function swallowClick() {
    const stop = (/** @type {Event} */ event) => event.stopPropagation();
    element.addEventListener("click", stop, { capture: true, once: true });
    setTimeout(() => element.removeEventListener("click", stop, { capture: true }));
  }

  element.addEventListener("pointerdown", begin);
  element.addEventListener("pointermove", move);
  element.addEventListener("pointerup", end);
  element.addEventListener("pointercancel", end);
  element.addEventListener("dragstart", (event) => event.preventDefault());
}
