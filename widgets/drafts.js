/**
 * Keeps what is typed until the server has it: in memory, in the browser's storage, on its way.
 */

import { draftStore } from "./draft_store.js";
import { PATIENCE, backOff, pause, reach, reload } from "./pulse.js";
import { copy, isSame, takeOver } from "./versions.js";

const TYPING = 400;
const AGAIN = 5000;

/**
 * @typedef {"" | "saving" | "saved" | "waiting" | "retrying" | "held" | "refused"} SaveState
 * @typedef {Record<string, any>} Answer
 */

/**
 * The answer of one exercise, and its way to the server.
 * @param {any} model
 * @param {{ answer: () => void, state: (state: SaveState) => void }} tell
 */
export function openDrafts(model, tell) {
  const store = draftStore(model);
  const { found } = store;
  const draft = found ?? { answer: copy(model.get("value")), base: copy(model.get("value")), typed: {} };
  /** @type {Map<string, any>} fields that may not be sent, with the last value that could be */
  const held = new Map();
  /** @type {(() => void)[]} */
  let afterwards = [];
  let isUnsent = found !== null;
  let isClosed = false;
  let seq = model.get("seq");
  /** @type {any} */
  let typing, patience;

  if (found) takeOver(draft, copy(model.get("value")), copy(draft.base), () => false);
  /** @type {Answer} what the server was told last */
  let sent = copy(draft.base);

  function sendable() {
    const made = copy(draft.answer);
    for (const [key, last] of held) {
      if (last === undefined) delete made[key];
      else made[key] = last;
    }
    return made;
  }

  function push() {
    clearTimeout(typing);
    if (!isUnsent) return;
    isUnsent = false;
    seq = Math.max(seq, model.get("seq")) + 1;
    tell.state("saving");
    wait(seq);
    try {
      sent = sendable();
      model.set("basis", copy({ value: draft.base, typed: draft.typed }));
      model.set("value", copy(sent));
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
      for (let tries = 0; isMissing(); tries += 1) {
        const isThere = await reach();
        await pause(isThere ? PATIENCE : backOff(tries));
        if (isThere && isMissing()) reload();
      }
    }, PATIENCE);
  }

  const isKept = () => model.get("kept") >= seq;
  const isRefused = () => Boolean(model.get("problem")?.code) && model.get("problem").seq === seq;

  function onKept() {
    if (!isKept()) return;
    clearTimeout(patience);
    adopt();
    if (isUnsent) return;
    if (!held.size) store.forget(draft);
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

  /** Takes over what another tab or device saved, where nothing here is still on its way. */
  function adopt() {
    if (!isKept()) return;
    const before = copy(draft.answer);
    takeOver(draft, copy(model.get("value")), sent, (key) => held.has(key));
    sent = copy(draft.base);
    if (!isSame(before, draft.answer)) tell.answer();
  }

  /** @type {[string, () => void][]} */
  const events = [["change:kept", onKept], ["change:problem", onProblem], ["change:value", adopt], ["change:seq", onSeq]];
  for (const [event, listener] of events) model.on(event, listener);
  const onHidden = () => document.hidden && push();
  addEventListener("pagehide", push);
  document.addEventListener("visibilitychange", onHidden);

  return {
    isRestored: found !== null,
    answer: () => draft.answer,
    push,
    /** @param {Answer} patch undefined takes a key away  @param {boolean} [isAtOnce] */
    write(patch, isAtOnce = false) {
      draft.answer = copy({ ...draft.answer, ...patch });
      for (const key of Object.keys(patch)) draft.typed[key] = Date.now();
      isUnsent = true;
      store.keep(draft);
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
