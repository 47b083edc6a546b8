// What is the reader's own: cards are the same for everybody, and this element marks in them how the reader reacted and what they saved.
import { StreamActions } from "@hotwired/turbo";

interface Mine {
  me: number | null;
  reactions?: Record<string, string>;
  saved?: number[];
}

let reader = "";
// Per entry the reader's kind of reaction (or none), from every page read and every button pressed in this tab.
const known = new Map<string, string | undefined>();
const saved = new Map<string, boolean>();

/** The reader's number as written in data-author, or "" for nobody. */
export function me(): string {
  return reader;
}

/** The kind of reaction the reader has given to `entry`, or undefined. */
export function reactionTo(entry: string): string | undefined {
  return known.get(entry);
}

/** Remembers the reader's reaction to `entry` (undefined: taken back) and shows it. */
export function remember(entry: string, kind: string | undefined): void {
  known.set(entry, kind);
  for (const picker of document.querySelectorAll(`reaction-picker[entry="${CSS.escape(entry)}"]`)) settle(picker);
}

/** Whether the reader has saved `entry`. */
export function isSaved(entry: string): boolean {
  return saved.get(entry) ?? false;
}

/** Remembers whether the reader has saved `entry` and shows it. */
export function rememberSaved(entry: string, on: boolean): void {
  saved.set(entry, on);
  for (const mark of document.querySelectorAll(`save-mark[entry="${CSS.escape(entry)}"]`)) settleSaved(mark);
}

/** Takes over what a page says about its own cards. */
export function learn(page: Document): void {
  const text = page.getElementById("mine")?.textContent;
  if (!text) return;
  const mine = JSON.parse(text) as Mine;
  if (page === document) reader = mine.me === null ? "" : String(mine.me);
  for (const picker of page.querySelectorAll("reaction-picker")) {
    const entry = picker.getAttribute("entry") ?? "";
    known.set(entry, mine.reactions?.[entry]);
    saved.set(entry, mine.saved?.includes(Number(entry)) ?? false);
  }
  document.dispatchEvent(new CustomEvent<Mine>("hallway:mine", { detail: mine }));
}

function settle(picker: Element): void {
  const own = reactionTo(picker.getAttribute("entry") ?? "");
  for (const button of picker.querySelectorAll<HTMLButtonElement>("button[name=kind]")) {
    const pressed = String(button.value === own);
    if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
  }
}

function settleSaved(mark: Element): void {
  const pressed = String(isSaved(mark.getAttribute("entry") ?? ""));
  const button = mark.querySelector("button");
  if (button && button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
}

function settleWithin(node: Node): void {
  if (!(node instanceof Element)) return;
  const around = node.closest("reaction-picker");
  if (around) settle(around);
  for (const picker of node.querySelectorAll("reaction-picker")) settle(picker);
  for (const mark of node.querySelectorAll("save-mark")) settleSaved(mark);
}

// What the reader did on another screen.
StreamActions["mine"] = function () {
  const { entry = "", kind, saved: on } = this.dataset;
  if (on === undefined) remember(entry, kind || undefined);
  else rememberSaved(entry, on !== "");
};

class MineBlock extends HTMLElement {
  #newer: Element | undefined;
  #watch = new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) settleWithin(node);
  });

  connectedCallback(): void {
    learn(document);
    settleWithin(document.body);
    this.#watch.observe(document.body, { childList: true, subtree: true });
    document.addEventListener("turbo:before-morph-element", this.#keep);
    document.addEventListener("turbo:morph", this.#settle);
    document.addEventListener("turbo:before-cache", this.#forget);
  }

  disconnectedCallback(): void {
    this.#watch.disconnect();
    document.removeEventListener("turbo:before-morph-element", this.#keep);
    document.removeEventListener("turbo:morph", this.#settle);
    document.removeEventListener("turbo:before-cache", this.#forget);
  }

  // Changing a script's text is what the CSP forbids, also where it holds data: the whole element is changed instead.
  #keep = (event: Event): void => {
    if ((event.target as Element).id !== "mine") return;
    event.preventDefault();
    this.#newer = (event as CustomEvent<{ newElement?: Element }>).detail.newElement;
  };

  #settle = (): void => {
    if (this.#newer) document.getElementById("mine")?.replaceWith(document.adoptNode(this.#newer));
    this.#newer = undefined;
    learn(document);
    settleWithin(document.body);
  };

  // The copy of the page that Turbo shows on "back" is older than what is known by then.
  #forget = (): void => document.getElementById("mine")?.remove();
}

customElements.define("mine-block", MineBlock);
