// How many new entries a space has, beside its name: counts up as they come and is settled when they are seen.
import type { Fresh } from "./fresh";
import { me } from "./mine-block";
import { language, post } from "./pages";

class UnreadCount extends HTMLElement {
  static readonly observedAttributes = ["count"];

  connectedCallback(): void {
    document.addEventListener("hallway:fresh", this.#count);
    // The server sends the number as an attribute only; a morph takes the text out again.
    this.addEventListener("turbo:morph-element", this.#show);
    this.#show();
  }

  disconnectedCallback(): void {
    document.removeEventListener("hallway:fresh", this.#count);
    this.removeEventListener("turbo:morph-element", this.#show);
  }

  attributeChangedCallback(): void {
    this.#show();
  }

  get count(): number {
    return Number(this.getAttribute("count")) || 0;
  }

  set count(value: number) {
    this.setAttribute("count", String(value));
  }

  /** Tells the server that the reader has seen the top of this space. */
  settle(): void {
    const space = this.closest("a");
    if (!space || this.count === 0) return;
    this.count = 0;
    // If this fails the count comes back with the next page, which is the truth.
    post(`${space.pathname}/seen`).catch(() => undefined);
  }

  #count = (event: Event): void => {
    const { space, author } = (event as CustomEvent<Fresh>).detail;
    if (space === this.getAttribute("space") && author !== me()) this.count += 1;
  };

  #show = (): void => {
    if (this.count === 0) return this.replaceChildren();
    const word = document.createElement("span");
    word.className = "visually-hidden";
    word.textContent = ` ${this.getAttribute("word") ?? ""}`;
    this.replaceChildren(new Intl.NumberFormat(language()).format(this.count), word);
  };
}

customElements.define("unread-count", UnreadCount);

/** Settles the count of `space` (its number), where the page shows one. */
export function settleUnread(space: string): void {
  const row = document.querySelector<UnreadCount>(`unread-count[space="${CSS.escape(space)}"]`);
  row?.settle();
}
