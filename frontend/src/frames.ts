// What the hub says over the socket, and which frames a page still needs.
import { isAfter, type Position } from "./position";

export interface Deed {
  t: string;
  p: Position;
  q: Position | null;
  s: string;
}

export interface Ready {
  /** `crowd` is how many screens there were for each topic, this one included. */
  ready: { p: Position; incarnation: string; topics: Record<string, Position>; crowd: Record<string, number>; ticket: string };
}

/** A ticket to return with, and how far the page has been told everything by now. */
export interface Renewal {
  ticket: string;
  p: Position;
}

/** What became of something this page sent under the key `ack`. */
export interface Answer {
  ack: string;
  outcome: string;
}

export type Message = Deed | Ready | Renewal | Answer | { reload: "gap" | "old" | "incarnation" } | { ended: string };

/** How far a page has come in each topic. */
export class Progress {
  #seen = new Map<string, Position>();
  #start: Position;
  #reached: Position;
  // While catching up, topics may come one after the other; afterwards all come in the order of the journal.
  #inOrder = false;

  constructor(start: Position) {
    this.#start = this.#reached = start;
  }

  /** A ticket is being presented: what comes now, up to "ready", is the catch-up. */
  begin(): void {
    this.#inOrder = false;
  }

  /** Says whether a deed is news, has been seen, or comes after one that never arrived; news counts as seen from now on. */
  take({ t, p, q }: Deed): "news" | "seen" | "gap" {
    const seen = this.#seen.get(t) ?? this.#start;
    if (!isAfter(p, seen)) return "seen";
    if (q !== null && isAfter(q, seen)) return "gap";
    this.#seen.set(t, p);
    if (this.#inOrder && isAfter(p, this.#reached)) this.#reached = p;
    return "news";
  }

  /** Accepts what the hub says after catching up: the topics it sends and the position they have reached. */
  catchUp(reached: Position, topics: Record<string, Position>): void {
    for (const [topic, position] of Object.entries(topics)) {
      const seen = this.#seen.get(topic) ?? this.#start;
      this.#seen.set(topic, isAfter(position, seen) ? position : seen);
    }
    if (isAfter(reached, this.#reached)) this.#reached = reached;
    this.#inOrder = true;
  }

  /** Accepts that nothing up to this position is still to come. */
  toldUpTo(position: Position): void {
    if (this.#inOrder && isAfter(position, this.#reached)) this.#reached = position;
  }

  get topics(): string[] {
    return [...this.#seen.keys()];
  }

  /** The position from which nothing has been missed in any topic. */
  get reached(): Position {
    return this.#reached;
  }
}
