// A list of cards that grows at both ends: new ones wait in a pill until the reader taps it, older ones come by scrolling.
import { renderStreamMessage, type StreamElement } from "@hotwired/turbo";
import type { Fresh, Named } from "./fresh";
import { learn, me } from "./mine-block";
import { language, read } from "./pages";
import { settleUnread } from "./unread-count";

function placeOf(card: Element): bigint {
  return BigInt(card.getAttribute("data-place") ?? 0);
}

export class EntryStream extends HTMLElement {
  #waiting = new Map<string, Fresh>();
  #older: IntersectionObserver | undefined;
  #loading = false;

  connectedCallback(): void {
    document.addEventListener("hallway:fresh", this.#offer);
    document.addEventListener("hallway:gone", this.#drop);
    document.addEventListener("hallway:changed", this.#change);
    document.addEventListener("turbo:morph", this.#recount);
    this.addEventListener("click", this.#click);
    this.#older = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && void this.#load(), { rootMargin: "900px" });
    this.#recount();
    this.#seen();
  }

  disconnectedCallback(): void {
    document.removeEventListener("hallway:fresh", this.#offer);
    document.removeEventListener("hallway:gone", this.#drop);
    document.removeEventListener("hallway:changed", this.#change);
    document.removeEventListener("turbo:morph", this.#recount);
    this.removeEventListener("click", this.#click);
    this.#older?.disconnect();
  }

  get cards(): HTMLElement {
    return this.querySelector<HTMLElement>(".stream-cards") ?? this;
  }

  /** Takes an entry: one older than the newest shown goes where it belongs; a new one is shown at once when it is the reader's own or the list is empty, else counted in the pill. */
  offer(fresh: Fresh): void {
    if (!this.#belongs(fresh)) return;
    if (document.getElementById(`entry-${fresh.entry}`)) return;
    const card = fresh.card.cloneNode(true) as HTMLElement;
    const newest = this.cards.firstElementChild;
    if (newest && BigInt(fresh.place) < placeOf(newest)) {
      this.#insertInOrder(card, BigInt(fresh.place));
    } else if (fresh.author === me() || !newest) {
      this.#insert(card);
      this.#seen();
    } else {
      this.#waiting.set(fresh.entry, { ...fresh, card });
      this.#recount();
    }
  }

  /** Compares with the same list on a page read anew (the hub being away): updates, removes and offers cards. */
  reconcile(other: Element): void {
    const cards = [...other.querySelectorAll<HTMLElement>(".stream-cards > [data-entry]")];
    const kept = new Set(cards.map((card) => card.id));
    const lastKept = [...this.cards.children].findLastIndex((card) => kept.has(card.id));
    // Between cards that are still there, a missing one has been deleted or is no longer for this reader.
    [...this.cards.children].forEach((card, place) => place < lastKept && !kept.has(card.id) && card.remove());
    for (const card of cards.reverse()) {
      const present = document.getElementById(card.id);
      const { entry = "", space = "", author = "", place = "0" } = card.dataset;
      if (!present) this.offer({ entry, space, author, place, tags: this.#tags, card, back: false });
      else if (present.innerHTML !== card.innerHTML)
        renderStreamMessage(`<turbo-stream action="replace" method="morph" target="${card.id}"><template>${card.outerHTML}</template></turbo-stream>`);
    }
  }

  #belongs({ space, author, tags }: Fresh): boolean {
    const topics = (this.getAttribute("topics") ?? "all").split(" ");
    return topics.some((topic) => topic === "all" || topic === `space:${space}` || topic === `author:${author}` || tags.some((tag) => topic === `tag:${tag}`));
  }

  // What the server has put into this very list belongs to it.
  get #tags(): string[] {
    return /\btag:(\S+)/.exec(this.getAttribute("topics") ?? "")?.slice(1) ?? [];
  }

  #insertInOrder(card: HTMLElement, place: bigint): void {
    const next = [...this.cards.children].find((other) => placeOf(other) < place);
    // Below all that is shown it comes with the older ones.
    if (next) next.before(card);
    else if (!this.querySelector(".stream-older")) this.cards.append(card);
  }

  #drop = (event: Event): void => {
    if (this.#waiting.delete((event as CustomEvent<Named>).detail.entry)) this.#recount();
  };

  #change = (event: Event): void => {
    const stream = (event as CustomEvent<StreamElement>).detail;
    const waiting = this.#waiting.get((stream.getAttribute("target") ?? "").replace("entry-", ""));
    const card = stream.templateContent.firstElementChild;
    if (waiting && card instanceof HTMLElement) waiting.card = card;
  };

  #insert(card: HTMLElement): void {
    card.classList.add("entry-new");
    this.cards.prepend(card);
  }

  #offer = (event: Event): void => this.offer((event as CustomEvent<Fresh>).detail);

  #recount = (): void => {
    for (const entry of this.#waiting.keys()) if (document.getElementById(`entry-${entry}`)) this.#waiting.delete(entry);
    const pill = this.querySelector<HTMLElement>(".pill");
    const count = this.#waiting.size;
    if (!pill) return;
    pill.hidden = count === 0;
    const words = count === 1 ? this.dataset["one"] : this.dataset["many"];
    pill.querySelector("span")!.textContent = `${new Intl.NumberFormat(language()).format(count)} ${words ?? ""}`;
    this.#watchOlder();
  };

  #click = (event: Event): void => {
    if (!(event.target as Element).closest(".pill")) return;
    const waiting = [...this.#waiting.values()].sort((left, right) => (BigInt(left.place) < BigInt(right.place) ? -1 : 1));
    for (const { card } of waiting) this.#insert(card);
    const newest = waiting.at(-1)?.card;
    this.#waiting.clear();
    this.#recount();
    this.#seen();
    scrollTo({ top: 0, behavior: "smooth" });
    newest?.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
  };

  #seen(): void {
    const space = /\bspace:(\d+)/.exec(this.getAttribute("topics") ?? "")?.[1];
    if (space && !document.documentElement.hasAttribute("data-turbo-preview")) settleUnread(space);
  }

  #watchOlder(): void {
    const link = this.querySelector(".stream-older");
    this.#older?.disconnect();
    if (link) this.#older?.observe(link);
  }

  async #load(): Promise<void> {
    const link = this.querySelector<HTMLAnchorElement>("a.stream-older");
    if (!link || this.#loading) return;
    this.#loading = true;
    try {
      const page = await read(link.href);
      learn(page);
      const next = page.querySelector("entry-stream");
      for (const card of next?.querySelectorAll(".stream-cards > *") ?? []) {
        if (!document.getElementById(card.id)) this.cards.append(document.adoptNode(card));
      }
      const further = next?.querySelector("a.stream-older, .stream-end");
      if (further) link.replaceWith(document.adoptNode(further));
      else link.remove();
      this.#watchOlder();
    } catch {
      // The link is real: the reader can follow it.
      this.#older?.disconnect();
    } finally {
      this.#loading = false;
    }
  }
}

customElements.define("entry-stream", EntryStream);
