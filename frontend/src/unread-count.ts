// How many new entries a space has, beside its name: counts up as they come and is settled when they are seen.
import type { Fresh, Named } from "./fresh";
import { me } from "./mine-block";
import { language, post } from "./pages";

// `count` is what the server counted, of all that stands after the place `after` up to `newest`; from there this element counts on.
class UnreadCount extends HTMLElement {
  static readonly observedAttributes = ["count", "after", "newest"];
  // Places of entries that came since, and of counted ones that have gone.
  #come = new Set<string>();
  #gone = new Set<string>();

  connectedCallback(): void {
    document.addEventListener("hallway:fresh", this.#add);
    document.addEventListener("hallway:gone", this.#take);
    // The server writes the number it counted, for pages without a script; a morph puts that in again.
    this.addEventListener("turbo:morph-element", this.#show);
    this.#show();
  }

  disconnectedCallback(): void {
    document.removeEventListener("hallway:fresh", this.#add);
    document.removeEventListener("hallway:gone", this.#take);
    this.removeEventListener("turbo:morph-element", this.#show);
  }

  attributeChangedCallback(): void {
    const newest = this.#place("newest");
    this.#gone.clear();
    for (const place of this.#come) if (BigInt(place) <= newest) this.#come.delete(place);
    this.#show();
  }

  get count(): number {
    return Math.max(0, (Number(this.getAttribute("count")) || 0) + this.#come.size - this.#gone.size);
  }

  /** Tells the server that the reader has seen the top of this space. */
  settle(): void {
    const space = this.closest("a");
    if (!space || this.count === 0) return;
    const seen = [...this.#come].reduce((top, place) => (BigInt(place) > top ? BigInt(place) : top), this.#place("newest"));
    this.#come.clear();
    for (const [name, value] of [["newest", seen], ["after", seen], ["count", 0]] as const) this.setAttribute(name, String(value));
    // If this fails the count comes back with the next page, which is the truth.
    post(`${space.pathname}/seen`).catch(() => undefined);
  }

  #place(name: "after" | "newest"): bigint {
    return BigInt(this.getAttribute(name) || 0);
  }

  #isNews({ space, author, place }: Named): boolean {
    return space === this.getAttribute("space") && author !== me() && BigInt(place) > this.#place("after");
  }

  #add = (event: Event): void => {
    const fresh = (event as CustomEvent<Fresh>).detail;
    if (!this.#isNews(fresh) || this.#gone.delete(fresh.place)) return this.#show();
    // What the page had counted when it was read is not counted again, and one entry may be told on two topics.
    if (fresh.back || BigInt(fresh.place) > this.#place("newest")) this.#come.add(fresh.place);
    this.#show();
  };

  #take = (event: Event): void => {
    const gone = (event as CustomEvent<Named>).detail;
    if (this.#isNews(gone) && !this.#come.delete(gone.place) && BigInt(gone.place) <= this.#place("newest")) this.#gone.add(gone.place);
    this.#show();
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
