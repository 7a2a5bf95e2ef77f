/**
 * The draft of one exercise in the browser's storage; all tabs of a browser share it.
 */

import { storage } from "./storage.js";
import { copy, draftOf, isSame, nameOf } from "./versions.js";

/** @typedef {import("./versions.js").Draft} Draft */

/** @param {any} model */
export function draftStore(model) {
  const store = storage(nameOf(model));
  const found = draftOf(store.read());
  /** @type {Draft | null} what this tab wrote last */
  let mine = found && copy(found);

  /** What another tab typed and this one did not. @param {Draft} draft */
  function joined(draft) {
    const there = draftOf(store.read());
    if (!there || isSame(there, mine)) return draft;
    const both = copy(draft);
    for (const key of Object.keys(there.typed).filter((one) => !(one in draft.typed))) {
      for (const part of /** @type {(keyof Draft)[]} */ (["answer", "base", "typed"])) both[part][key] = there[part][key];
    }
    return both;
  }

  return {
    found,
    keep(/** @type {Draft} */ draft) {
      mine = copy(joined(draft));
      store.write(mine);
    },
    /** Lets go of what this tab typed: the server has it. @param {Draft} draft */
    forget(draft) {
      const there = draftOf(store.read());
      if (!there) return;
      for (const key of Object.keys(draft.typed)) {
        if (isSame(there.answer[key], mine?.answer[key])) delete there.typed[key];
      }
      draft.typed = {};
      store.write(Object.keys(there.typed).length ? there : null);
    },
  };
}
