/**
 * Notices that the page has lost its kernel, says so, and makes the page anew once the server is there.
 * All exercises of a page share one pulse. Without a server around the page (JupyterLab, plain Voilà)
 * the page is never reloaded.
 */

export const PATIENCE = 4000;
const SLOWEST = 20000;
const HEALTH_WITHIN = 8000;
const HEARD_WITHIN = 1000;
const LINES_APART = 10000;
const BEAT = 20000;
const RELOAD_AT_MOST = 60000;
const APART = 2000;
const LOOK_AGAIN = 1000;

/** @param {number} time milliseconds */
export const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

/** How long to wait before the next try: longer each time, and not all phones at once. @param {number} tries */
export const backOff = (tries) => Math.min(PATIENCE * 1.5 ** tries, SLOWEST) * (0.75 + Math.random() / 2);

/** The address of the server's root, or null where no server of ours made the page. */
function base() {
  const page = document.documentElement.dataset;
  if (!page.who) return null;
  return page.baseUrl ?? document.body.dataset.baseUrl ?? "/";
}

/** Whether the server can serve a participant now. */
async function isHealthy() {
  const root = base();
  if (root === null) return false;
  try {
    return (await fetch(`${root.replace(/\/$/, "")}/healthz`, { cache: "no-store", signal: AbortSignal.timeout?.(HEALTH_WITHIN) })).ok;
  } catch {
    return false;
  }
}

let takenUpAt = -LINES_APART;

/** Lets a served page take its line up again; a new line gets some time, or a slow one never opens. */
function takeUpLine() {
  if (performance.now() - takenUpAt < LINES_APART) return;
  takenUpAt = performance.now();
  dispatchEvent(new Event("workbook:unanswered"));
}

/**
 * Takes the line up again, which can be dead without the browser knowing it.
 * @returns {Promise<boolean>} whether the server can serve a participant now
 */
export async function reach() {
  const asked = isHealthy();
  const isHeard = await Promise.race([asked.then(() => true), pause(HEARD_WITHIN)]);
  if (!isHeard) takeUpLine(); // the question itself may have gone out over a dead line
  const isThere = await asked;
  if (isThere) takeUpLine();
  return isThere;
}

/** Makes the page anew, at most once a minute; drafts survive it. */
export function reload() {
  const now = Date.now();
  try {
    if (now - Number(sessionStorage.getItem("workbook:reloaded") ?? 0) < RELOAD_AT_MOST) return;
    sessionStorage.setItem("workbook:reloaded", String(now));
  } catch {
    return; // without a memory a dead server would make the page reload for ever
  }
  location.reload();
}

let isMoving = false;

/** Makes the page anew where another server takes over from this one; all do not go at once. */
export async function moveOn() {
  if (isMoving || base() === null) return;
  isMoving = true;
  await pause(Math.random() * APART);
  while (!(await isHealthy())) await pause(LOOK_AGAIN);
  isMoving = false;
  reload();
}

/**
 * Whether the kernel answers within the time that we wait for it.
 * @param {any} model
 * @returns {Promise<boolean>}
 */
function answers(model) {
  return new Promise((resolve) => {
    const heard = (/** @type {any} */ message) => message?.pong && settle(true);
    const timer = setTimeout(() => settle(false), PATIENCE);
    function settle(/** @type {boolean} */ isThere) {
      clearTimeout(timer);
      model.off("msg:custom", heard);
      resolve(isThere);
    }
    model.on("msg:custom", heard);
    try {
      model.send({ do: "ping" });
    } catch {
      settle(false); // a disposed connection throws
    }
  });
}

function startPulse() {
  /** @type {Set<any>} */
  const models = new Set();
  /** @type {Set<(isUp: boolean) => void>} */
  const listeners = new Set();
  let isBusy = false;

  function tell(/** @type {boolean} */ isUp) {
    for (const listener of listeners) listener(isUp);
  }

  async function check() {
    const [model] = models;
    if (isBusy || !model || document.hidden || base() === null) return;
    isBusy = true;
    const isUp = await answers(model);
    tell(isUp);
    if (!isUp && (await reach())) {
      if (await answers(model)) tell(true);
      else reload();
    }
    isBusy = false;
  }

  addEventListener("online", check);
  addEventListener("pageshow", (event) => event.persisted && check());
  document.addEventListener("visibilitychange", check);
  setInterval(check, BEAT);
  return { models, listeners };
}

/**
 * Lets an exercise take part in the page's pulse.
 * @param {any} model
 * @param {(isUp: boolean) => void} listener hears whether the kernel answers
 * @returns {() => void} takes it out again
 */
export function joinPulse(model, listener) {
  const page = /** @type {any} */ (globalThis);
  const pulse = (page.workbookPulse ??= startPulse());
  const hear = () => model.get("day")?.moving && moveOn();
  model.on("change:day", hear);
  pulse.models.add(model);
  pulse.listeners.add(listener);
  return () => {
    model.off("change:day", hear);
    pulse.models.delete(model);
    pulse.listeners.delete(listener);
  };
}
