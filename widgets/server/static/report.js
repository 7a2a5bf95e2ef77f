/**
 * Pictures and numbers go to the clipboard, and from there into a slide. Browsers allow it
 * on this machine and over HTTPS; elsewhere the buttons say so when they are pressed.
 */

const said = document.getElementById("copied");

/**
 * Says how it went beside the button: the last one may be far below the first.
 * @param {HTMLElement} button
 * @param {() => Promise<void>} copy
 */
async function tell(button, copy) {
  said.textContent = "";
  button.closest("p").after(said);
  const done = await copy().then(() => true, () => false);
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
async function copyPicture(button) {
  // The promise itself: a browser forgets the click while it waits for the picture.
  const item = new ClipboardItem({ "image/png": png(button.dataset.copyPicture) });
  await navigator.clipboard.write([item]);
}

/** @param {HTMLElement} button */
async function copyNumbers(button) {
  const details = button.closest("p").previousElementSibling;
  await navigator.clipboard.writeText(cells(details.querySelector("table")));
}

/** @type {[string, (button: HTMLElement) => Promise<void>][]} */
const kinds = [
  ["[data-copy-picture]", copyPicture],
  ["[data-copy-numbers]", copyNumbers],
];
for (const [which, copy] of kinds) {
  for (const button of document.querySelectorAll(which)) {
    button.hidden = false;
    button.addEventListener("click", () => tell(button, () => copy(button)));
  }
}
