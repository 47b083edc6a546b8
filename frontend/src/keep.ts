// What a morph must leave alone: words being written, opened sheets, and what only the client knows.
import { isToldInPlace } from "./failing";

// Attributes the elements set by themselves; the server never sends their present value.
const OWN = new Set(["data-own", "data-backed", "aria-pressed", "aria-expanded", "open", "folded", "unfolded"]);
// Parts that are hidden in the server's HTML and shown by an element.
const SHOWN_BY_CLIENT = ".tray, .compose-kept, .link-row, words-field textarea, .pill, .live-notice, theme-choice, .reply-to";

function isBeingWritten(form: HTMLFormElement): boolean {
  if (form.querySelector(".chosen")) return true;
  return [...form.elements].some((field) => {
    if (field instanceof HTMLTextAreaElement) return field.value !== field.defaultValue;
    if (!(field instanceof HTMLInputElement) || field.type === "hidden" || field.type === "search") return false;
    if (field.type === "file") return (field.files?.length ?? 0) > 0;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    return field.value !== field.defaultValue;
  });
}

// The form that has just been answered: what the server says about its words is newer than they are.
let answered: EventTarget | null = null;

document.addEventListener("turbo:submit-end", (event) => {
  const { fetchResponse } = (event as CustomEvent<{ fetchResponse?: object }>).detail;
  if (fetchResponse && !isToldInPlace(fetchResponse)) answered = event.target;
});
document.addEventListener("turbo:render", () => (answered = null));

document.addEventListener("turbo:before-morph-element", (event) => {
  const current = event.target;
  const { newElement } = (event as CustomEvent<{ newElement?: Element }>).detail;
  if (!(current instanceof HTMLElement)) return;
  const keep =
    (current instanceof HTMLFormElement && current.id !== "act" && current !== answered && isBeingWritten(current)) ||
    // A sheet or button that an element has added is not in the server's HTML.
    (!newElement && current.dataset["client"] !== undefined) ||
    (current instanceof HTMLTextAreaElement && current === document.activeElement && current.form !== answered);
  if (keep) event.preventDefault();
});

document.addEventListener("turbo:before-morph-attribute", (event) => {
  const { attributeName } = (event as CustomEvent<{ attributeName: string }>).detail;
  const target = event.target as Element;
  if (OWN.has(attributeName)) event.preventDefault();
  // Which row of the menu is the present page: pushed menus do not know, and a page read anew says the same.
  if (attributeName === "aria-current" && target.closest(".side, .bottom")) event.preventDefault();
  if (attributeName === "hidden" && target.matches(SHOWN_BY_CLIENT)) event.preventDefault();
});
