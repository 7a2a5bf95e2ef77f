/**
 * Pictures and numbers go to the clipboard, and from there into a slide. Browsers allow it
 * on this machine and over HTTPS; elsewhere the buttons stay away and the links do the same.
 */

const said = document.getElementById("copied");

/** @param {Promise<void>} copying */
async function tell(copying) {
  const done = await copying.then(() => true, () => false);
  said.textContent = done ? said.dataset.done : said.dataset.failed;
}

/** @param {string} address */
const png = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.blob();
};

/** Cells with tabs between: a slide or a sheet makes a table of it. @param {Element} table */
const cells = (table) =>
  [...table.querySelectorAll("tr")]
    .map((row) => [...row.children].map((cell) => cell.textContent.trim()).join("\t"))
    .join("\n");

/** @param {HTMLElement} button */
function copyPicture(button) {
  // The promise itself: a browser forgets the click while it waits for the picture.
  const item = new ClipboardItem({ "image/png": png(button.dataset.copyPicture) });
  tell(navigator.clipboard.write([item]));
}

/** @param {HTMLElement} button */
function copyNumbers(button) {
  const details = button.closest("p").previousElementSibling;
  tell(navigator.clipboard.writeText(cells(details.querySelector("table"))));
}

/** @type {[string, boolean, (button: HTMLElement) => void][]} */
const kinds = [
  ["[data-copy-picture]", typeof ClipboardItem !== "undefined", copyPicture],
  ["[data-copy-numbers]", true, copyNumbers],
];
for (const [which, isKnown, copy] of navigator.clipboard ? kinds : []) {
  for (const button of document.querySelectorAll(which)) {
    button.hidden = !isKnown;
    button.addEventListener("click", () => copy(button));
  }
}
