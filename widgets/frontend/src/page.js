// A served page: find the kernel that was made for it, and draw what its notebook holds.

import { KernelConnection } from "@jupyterlab/services/lib/kernel/default";
import { ServerConnection } from "@jupyterlab/services/lib/serverconnection";
import { Manager } from "./manager.js";
import { drawOutputs } from "./outputs.js";

const { baseUrl, kernelId, exercises } = JSON.parse(document.getElementById("jupyter-config-data").textContent);
const root = new URL(baseUrl, location.href).href;

/** Lets the server end the kernel at once; a page that may come back keeps it. */
function sayGoodbye(/** @type {PageTransitionEvent} */ event) {
  if (event.persisted) return;
  const token = document.cookie.match(/\b_xsrf=([^;]*)/)?.[1] ?? "";
  const data = new FormData();
  data.append("_xsrf", token);
  navigator.sendBeacon(`${root}voila/api/shutdown/${kernelId}`, data);
}

/** Takes the line up again as soon as the server is there, and hears what it missed. */
function stayConnected(/** @type {KernelConnection} */ kernel, /** @type {Manager} */ manager) {
  kernel.connectionStatusChanged.connect((_, status) => status === "connected" && manager.refresh());
  const again = () => kernel.isDisposed || kernel.reconnect().catch(() => {}); // the page is made anew instead
  addEventListener("online", again);
  addEventListener("workbook:unanswered", again);
}

async function start() {
  const kernel = new KernelConnection({
    model: { id: kernelId, name: "" },
    commsOverSubshells: "disabled", // the server lets nothing but widget messages through
    serverSettings: ServerConnection.makeSettings({ baseUrl: root, wsUrl: root.replace(/^http/, "ws"), appendToken: false }),
  });
  addEventListener("pagehide", sayGoodbye);
  const manager = new Manager(kernel, new URL(exercises, root).href);
  await manager._loadFromKernel();
  await drawOutputs(manager);
  stayConnected(kernel, manager);
}

start();
