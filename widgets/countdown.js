/**
 * A countdown that goes on by itself between two messages of the server. Reaching zero
 * closes nothing; it is only said.
 */

const WARN = 60;

/** Minutes and seconds, as a clock shows them. @param {number} seconds */
export const clockText = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/**
 * @typedef {{ left: number, running: boolean, total: number }} Timer
 * @param {(now: Timer | null) => void} draw every second, and when something changed
 * @param {(what: "timer_begins" | "timer_minute" | "timer_over", minutes: number) => void} [say] at these moments only
 */
export function countdown(draw, say = () => {}) {
  /** @type {Timer | null} */
  let timer = null;
  let toldAt = 0;
  /** @type {number | null} what was left when it was drawn last; null before the first time */
  let before = null;
  const left = () => {
    if (!timer) return 0;
    const gone = timer.running ? Math.round((Date.now() - toldAt) / 1000) : 0;
    return Math.max(timer.left - gone, 0);
  };
  const tick = () => {
    if (!timer) return draw((before = null));
    const now = left();
    if (before === null && timer.running && now > 0) say("timer_begins", Math.ceil(now / 60));
    else if (before !== null && before > WARN && now <= WARN && now > 0) say("timer_minute", 1);
    else if (before !== null && before > 0 && now === 0) say("timer_over", 0);
    before = now;
    draw({ ...timer, left: now });
  };
  const beat = setInterval(() => timer?.running && tick(), 1000);
  return {
    /** @param {Timer | null | undefined} next */
    set(next) {
      timer = next ?? null;
      toldAt = Date.now();
      tick();
    },
    close: () => clearInterval(beat),
  };
}
