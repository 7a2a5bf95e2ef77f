/**
 * The keys that do the same as the buttons, and the help that lists them.
 */

import { liveButton } from "./control_panels.js";
import { make } from "./elements.js";
import { listenToRemote } from "./remote.js";

const LIST = ["step", "back", "dark", "help"];
const MEMORY = "workbook:keys";

/**
 * @param {import("./control_panels.js").Tools} tools
 * @param {Record<string, (event: any) => void>} press
 */
export function keysPanel({ say }, press) {
  const button = liveButton("is-quiet", () => show());
  const close = liveButton("is-quiet", () => dialog.close());
  button.draw(say("keys_button"), true);
  close.draw(say("keys_close"), true);
  const isOn = make("input", { type: "checkbox", onchange: remember });
  isOn.checked = recall();
  const rows = LIST.flatMap((one) => [make("dt", {}, say(`keys_${one}`)), make("dd", {}, say(`keys_${one}_does`))]);
  const dialog = make("dialog", { class: "wb-control-help", "aria-labelledby": "wb-control-keys" },
    make("h2", { id: "wb-control-keys" }, say("keys_title")),
    make("dl", {}, ...rows),
    make("p", { class: "wb-control-hint" }, say("keys_note")),
    make("label", { class: "wb-control-check" }, isOn, say("keys_on")),
    close.node,
  );
  const show = () => !dialog.open && dialog.showModal();
  const act = (/** @type {string} */ name) => (/** @type {KeyboardEvent} */ event) => !dialog.open && press[name](event);
  const leave = listenToRemote({ step: act("step"), back: act("back"), dark: act("dark"), help: show }, () => isOn.checked);

  function remember() {
    try {
      localStorage.setItem(MEMORY, isOn.checked ? "on" : "off");
    } catch {
      // without a memory it holds for this page
    }
  }
  return { node: make("div", { class: "wb-control-keys" }, button.node, dialog), draw: () => {}, close: leave };
}

function recall() {
  try {
    return localStorage.getItem(MEMORY) !== "off";
  } catch {
    return true;
  }
}
