// Sheets made of <details> close when one clicks elsewhere, presses Escape, leaves the page, or has chosen from them.

const SHEETS = "menu-box details[open], details.reactions-more[open]";

function close(except?: Node): void {
  for (const sheet of document.querySelectorAll<HTMLDetailsElement>(SHEETS)) {
    if (!except || !sheet.contains(except)) sheet.open = false;
  }
}

document.addEventListener("click", (event) => close(event.target as Node));
document.addEventListener("turbo:before-cache", () => close());
// The next page is morphed into this one and keeps what is open; there the opposite deed may stand in the same place.
document.addEventListener("submit", (event) => {
  const sheet = event.submitter?.closest<HTMLDetailsElement>(SHEETS);
  if (!sheet) return;
  const hadFocus = sheet.contains(document.activeElement);
  sheet.open = false;
  if (hadFocus) sheet.querySelector("summary")?.focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const sheet = document.querySelector<HTMLDetailsElement>(SHEETS);
  if (!sheet) return;
  const hadFocus = sheet.contains(document.activeElement);
  sheet.open = false;
  if (hadFocus) sheet.querySelector("summary")?.focus();
});
