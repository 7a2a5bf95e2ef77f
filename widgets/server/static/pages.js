// What the plain pages do beyond HTML; every page works without it.

/** Keep the contents page as the room is now. */
async function refresh() {
  const response = await fetch(location.href);
  if (!response.ok || response.redirected) return location.reload();
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  document.body.dataset.version = fresh.body.dataset.version;
  const at = document.activeElement?.getAttribute("href");
  for (const part of document.querySelectorAll("[data-live]")) {
    const now = fresh.getElementById(part.id);
    if (!now || now.isEqualNode(part)) continue;
    const had = part.contains(document.activeElement);
    part.replaceChildren(...now.childNodes);
    if (had) part.querySelector(`a[href="${CSS.escape(at ?? "")}"]`)?.focus();
  }
}

/** @type {EventSource | null} */
let stream = null;

function follow() {
  stream?.close();
  stream = null;
  if (document.hidden || !document.body.dataset.follow) return;
  stream = new EventSource(document.body.dataset.follow);
  stream.onmessage = ({ data }) => {
    if (data !== document.body.dataset.version) refresh().catch(() => {});
  };
  // A browser gives up a stream that a server refuses, as one does that is about to go.
  stream.onerror = ({ target }) => {
    if (target === stream && target.readyState === EventSource.CLOSED) setTimeout(follow, 5000);
  };
}

document.addEventListener("visibilitychange", follow);
addEventListener("pageshow", follow);
addEventListener("pagehide", () => stream?.close());

/** Say how many come first, and go on when it is our turn. */
async function wait() {
  const response = await fetch(document.body.dataset.wait, { cache: "no-store" });
  if (!response.ok || response.redirected) return location.reload();
  const { ready, text } = await response.json();
  if (ready) return location.reload();
  const place = document.getElementById("place");
  if (place.textContent !== text) place.textContent = text;
}
if (document.body.dataset.wait) setInterval(() => wait().catch(() => {}), 2000);

// A code behind the # is never sent to a server: put it in the form, and out of sight.
const asked = document.querySelector("[data-from-hash]");
if (asked && location.hash.length > 8) {
  asked.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname + location.search);
  asked.form.querySelector("button").focus();
}

/** Add up a programme as it is chosen; the server adds it up again. */
function addUp(form) {
  const minutes = (boxes) => boxes.reduce((sum, box) => sum + +box.dataset.minutes, 0);
  let talk = 0;
  let all = 0;
  for (const module of form.querySelectorAll("[data-debrief]")) {
    const chosen = [...module.querySelectorAll("input:checked")];
    all += minutes(chosen);
    if (chosen.length) talk += +module.dataset.debrief;
  }
  const { sum: of, rest: breaks } = form.dataset;
  const n = all + talk + +breaks;
  const say = (name, values) => {
    const place = form.querySelector(`[data-${name}]`);
    place.textContent = place.dataset[name].replace(/{(\w+)}/g, (_, key) => values[key]);
    return place;
  };
  say("says", { n, of });
  say("talk", { talk, breaks });
  say("over", { n: n - of }).hidden = n <= of;
}
for (const form of document.querySelectorAll("[data-sum]")) {
  form.addEventListener("change", () => addUp(form));
  addEventListener("pageshow", () => addUp(form));
}

// A double click sends once.
addEventListener("submit", ({ target, defaultPrevented }) => {
  target.dataset.sent = defaultPrevented ? "" : Date.now();
});
document.addEventListener("click", (event) => {
  const form = event.target.closest("button")?.form;
  if (Date.now() - Number(form?.dataset.sent ?? 0) < 3000) event.preventDefault();
});

// On leaving, nothing that was typed stays behind in this browser.
if ("clean" in document.body.dataset) {
  const own = Object.keys(localStorage).filter((key) => key.startsWith("workbook:"));
  for (const key of own) localStorage.removeItem(key);
}
