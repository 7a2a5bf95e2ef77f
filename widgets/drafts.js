/**
 * Keeps what is typed until the server has it: in memory, in the browser's storage, on its way.
 */

import { PATIENCE, isHealthy, pause, reload, takeUpLine } from "./pulse.js";
import { storage } from "./storage.js";

const TYPING = 400;
const AGAIN = 5000;

/**
 * @typedef {"" | "saving" | "saved" | "waiting" | "retrying" | "held" | "refused"} SaveState
 * @typedef {Record<string, any>} Answer
 */

/** @param {any} value */
const copy = (value) => JSON.parse(JSON.stringify(value ?? {}));

/** @param {any} one @param {any} other */
const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/**
 * The answer of one exercise, and its way to the server.
 * @param {any} model
 * @param {{ answer: () => void, state: (state: SaveState) => void }} tell
 */
export function openDrafts(model, tell) {
  const store = storage(`workbook:${document.documentElement.dataset.who ?? "alone"}:${model.get("exercise").id}`);
  const found = store.read();
  /** @type {Answer} */
  let answer = found ?? copy(model.get("value"));
  /** @type {Map<string, any>} fields that may not be sent, with the last value that could be */
  const held = new Map();
  /** @type {(() => void)[]} */
  let afterwards = [];
  let isUnsent = found !== null;
  let isClosed = false;
  let seq = model.get("seq");
  /** @type {any} */
  let typing, patience;

  function sendable() {
    const sent = copy(answer);
    for (const [key, last] of held) {
      if (last === undefined) delete sent[key];
      else sent[key] = last;
    }
    return sent;
  }

  function push() {
    clearTimeout(typing);
    if (!isUnsent) return;
    isUnsent = false;
    seq = Math.max(seq, model.get("seq")) + 1;
    tell.state("saving");
    wait(seq);
    try {
      model.set("value", sendable());
      model.set("seq", seq);
      model.save_changes();
    } catch {
      tell.state("waiting"); // a disposed connection throws; the draft stands
    }
  }

  function retry() {
    isUnsent = true;
    push();
  }

  /** Says so when an answer does not arrive; makes the page anew when only its kernel is gone. */
  function wait(/** @type {number} */ number) {
    const isMissing = () => seq === number && !isKept() && !isRefused() && !isClosed;
    clearTimeout(patience);
    patience = setTimeout(async () => {
      tell.state("waiting");
      while (isMissing()) {
        const isThere = await isHealthy();
        if (isThere) takeUpLine();
        await pause(PATIENCE);
        if (isThere && isMissing()) reload();
      }
    }, PATIENCE);
  }

  const isKept = () => model.get("kept") >= seq;
  const isRefused = () => Boolean(model.get("problem")?.code) && model.get("problem").seq === seq;

  function onKept() {
    if (!isKept()) return;
    clearTimeout(patience);
    if (isUnsent) return;
    if (!held.size) store.write(null);
    tell.state(held.size ? "held" : "saved");
    const due = afterwards;
    afterwards = [];
    for (const callback of due) callback();
  }

  function onProblem() {
    if (!isRefused() || isUnsent || isKept()) return;
    const mayCome = model.get("problem").retry;
    clearTimeout(patience);
    tell.state(mayCome ? "retrying" : "refused");
    if (mayCome) patience = setTimeout(retry, AGAIN);
  }

  /** Sends again what never arrived: how many answers came in is only told anew after a broken line. */
  function onSeq() {
    if (!isClosed && !isKept() && model.get("seq") < seq) retry();
  }

  /** Takes over what another tab saved, unless something here is still on its way. */
  function onValue() {
    const value = model.get("value");
    if (isUnsent || !isKept() || held.size || isSame(value, answer)) return;
    answer = copy(value);
    tell.answer();
  }

  /** @type {[string, () => void][]} */
  const events = [["change:kept", onKept], ["change:problem", onProblem], ["change:value", onValue], ["change:seq", onSeq]];
  for (const [event, listener] of events) model.on(event, listener);
  const onHidden = () => document.hidden && push();
  addEventListener("pagehide", push);
  document.addEventListener("visibilitychange", onHidden);

  return {
    isRestored: found !== null,
    answer: () => answer,
    push,
    /** @param {Answer} patch undefined takes a key away  @param {boolean} [isAtOnce] */
    write(patch, isAtOnce = false) {
      answer = copy({ ...answer, ...patch });
      isUnsent = true;
      store.write(answer);
      clearTimeout(typing);
      if (isAtOnce) push();
      else typing = setTimeout(push, TYPING);
    },
    /** Keeps one field back, as long as it could not be kept; the others go on. */
    hold(/** @type {string} */ key, /** @type {boolean} */ isHeld) {
      if (!isHeld) held.delete(key);
      else if (!held.has(key)) held.set(key, model.get("value")?.[key]);
    },
    isHeld: (/** @type {string} */ key) => held.has(key),
    /** Calls back when everything that is written now stands on disk. */
    whenKept(/** @type {() => void} */ callback) {
      afterwards.push(callback);
      push();
      onKept();
    },
    close() {
      push();
      isClosed = true;
      clearTimeout(patience);
      for (const [event, listener] of events) model.off(event, listener);
      removeEventListener("pagehide", push);
      document.removeEventListener("visibilitychange", onHidden);
    },
  };
}
