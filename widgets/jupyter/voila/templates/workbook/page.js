// Each exercise is made at the end of the page and moves to its place in the text.
window.workbookPlace = () => {
  for (const made of document.querySelectorAll(".wb-made")) {
    const place = document.getElementById(made.dataset.place);
    if (!place) continue;
    made.hidden = false;
    place.append(made);
  }
};
// The preview goes when the exercise itself is drawn, not before.
new MutationObserver(() => {
  for (const drawn of document.querySelectorAll(".wb-place .wb-output > * > *")) {
    drawn.closest(".wb-place").querySelector(":scope > .wb-preview")?.remove();
  }
}).observe(document.body, { childList: true, subtree: true });
// On paper nothing can be folded open: what was closed is open while one prints.
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll(".wb-theory details:not([open])")];
  for (const fold of folded) fold.open = true;
});
addEventListener("afterprint", () => {
  for (const fold of folded) fold.open = false;
});
