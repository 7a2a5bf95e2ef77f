/**
 * Keeps the trainer's two pages connected. They stand open for hours beside people's
 * phones, so they ask more often than an exercise does, and also when nobody looks.
 */

import { moveOn, pause, reach, reload } from "./pulse.js";

const PING_EVERY = 10000;
const PONG_WITHIN = 4000;

/**
 * A number of people as words: "<5" is what may be said of a few.
 * @param {string} count
 * @param {(key: string) => string} say
 */
export const countWords = (count, say) => (count.startsWith("<") ? say("few_people") : count);

/**
 * Keeps the page alive: says when the connection is gone and starts again by itself.
 * @param {any} model
 * @param {(connected: boolean) => void} tell
 * @returns {() => void} stops
 */
export function stayConnected(model, tell) {
  let pongAt = Date.now();
  let askedAt = 0;
  let connected = true;
  const change = (/** @type {boolean} */ now) => {
    if (now !== connected) tell((connected = now));
  };
  const onMessage = (/** @type {any} */ message) => {
    if (message?.moving) moveOn();
    if (!message?.pong) return;
    pongAt = Date.now();
    change(true);
  };
  const ping = async () => {
    askedAt = Date.now();
    const isAnswered = () => pongAt >= askedAt;
    try {
      model.send({ do: "ping" });
    } catch {
      // A closed connection: the missing answer says so.
    }
    await pause(PONG_WITHIN);
    if (isAnswered()) return;
    change(false);
    if (!(await reach())) return;
    await pause(PONG_WITHIN);
    if (!isAnswered()) reload();
  };
  model.on("msg:custom", onMessage);
  const timer = setInterval(ping, PING_EVERY);
  const again = () => ping();
  const shown = (/** @type {PageTransitionEvent} */ event) => event.persisted && ping();
  window.addEventListener("online", again);
  window.addEventListener("pageshow", shown);
  return () => {
    clearInterval(timer);
    model.off("msg:custom", onMessage);
    window.removeEventListener("online", again);
    window.removeEventListener("pageshow", shown);
  };
}
