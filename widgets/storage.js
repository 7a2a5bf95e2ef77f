/**
 * The browser's own memory, for what the server does not have yet.
 */

/** The browser's storage under one name; a browser that has none forgets, and works. */
export function storage(/** @type {string} */ name) {
  return {
    read() {
      try {
        const draft = JSON.parse(localStorage.getItem(name) ?? "null");
        return draft && typeof draft === "object" && !Array.isArray(draft) ? draft : null;
      } catch {
        return null;
      }
    },
    write(/** @type {Record<string, any> | null} */ draft) {
      try {
        if (draft) localStorage.setItem(name, JSON.stringify(draft));
        else localStorage.removeItem(name);
      } catch {
        // full or forbidden: the page itself still has the text
      }
    },
  };
}
