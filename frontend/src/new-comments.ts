// "3 new comments" on a card: the page says which are new to the reader, and from there this counts on as comments come, go and are read.
import { StreamActions } from "@hotwired/turbo";
import type { Fresh } from "./fresh";
import { language } from "./pages";

interface Thread {
  upto: number;
  fresh: Set<number>;
}

interface Mine {
  me: number | null;
  threads?: Record<string, { upto: number; fresh: number[] }>;
}

/** A comment that was just written: its number, and that of the entry the conversation hangs on. */
export interface Said {
  thread: string;
  comment: number;
}

// The server names so many at most.
const MOST = 100;
// Conversations in which comments count as new to the reader, from every page read in this tab.
const threads = new Map<string, Thread>();
// The block of one's own is learnt as soon as its element is there, before which this must listen; so it cannot ask that one.
let reader = "";

/** Nothing up to comment number `upto` is new in `thread` any more. */
export function readUpTo(thread: string, upto: number): void {
  take(thread, upto, threads.get(thread)?.fresh ?? []);
}

function take(thread: string, upto: number, fresh: Iterable<number>): void {
  // What this tab has told the server may be further than what the page was read with.
  const reached = Math.max(upto, threads.get(thread)?.upto ?? 0);
  threads.set(thread, { upto: reached, fresh: new Set([...fresh].filter((comment) => comment > reached)) });
  settle(thread);
}

function settle(thread: string): void {
  for (const mark of document.querySelectorAll<NewComments>(`new-comments[entry="${CSS.escape(thread)}"]`)) mark.show();
}

class NewComments extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("turbo:morph-element", this.show);
    this.show();
  }

  disconnectedCallback(): void {
    this.removeEventListener("turbo:morph-element", this.show);
  }

  show = (): void => {
    const fresh = threads.get(this.getAttribute("entry") ?? "")?.fresh;
    if (!fresh?.size) return this.replaceChildren();
    const link = document.createElement("a");
    link.className = "action action-new";
    // A comment's own address leads to its place in the conversation.
    link.href = `/e/${Math.min(...fresh)}`;
    const count = fresh.size >= MOST ? `${MOST - 1}+` : new Intl.NumberFormat(language()).format(fresh.size);
    link.textContent = `${count} ${(fresh.size === 1 ? this.dataset["one"] : this.dataset["many"]) ?? ""}`;
    this.replaceChildren(link);
  };
}

StreamActions["said"] = function () {
  const { thread = "", entry = "0", author } = this.dataset;
  const comment = Number(entry);
  const known = threads.get(thread);
  if (known && author !== reader && comment > known.upto) known.fresh.add(comment);
  settle(thread);
  document.dispatchEvent(new CustomEvent<Said>("hallway:said", { detail: { thread, comment } }));
};

StreamActions["unsaid"] = function () {
  const { thread = "", entry = "0" } = this.dataset;
  threads.get(thread)?.fresh.delete(Number(entry));
  settle(thread);
};

// What the reader has read on another screen.
StreamActions["read"] = function () {
  readUpTo(this.dataset["thread"] ?? "", Number(this.dataset["upto"]));
};

// On what one wrote oneself comments count; of what is back after a deletion only the server knows what was new there.
document.addEventListener("hallway:fresh", (event) => {
  const { entry, author, back } = (event as CustomEvent<Fresh>).detail;
  if (author !== reader) return;
  if (back) document.dispatchEvent(new CustomEvent("hallway:reread"));
  if (!threads.has(entry)) take(entry, Number(entry), []);
});

document.addEventListener("hallway:mine", (event) => {
  const mine = (event as CustomEvent<Mine>).detail;
  reader = String(mine.me);
  for (const [thread, { upto, fresh }] of Object.entries(mine.threads ?? {})) take(thread, upto, fresh);
});

customElements.define("new-comments", NewComments);
