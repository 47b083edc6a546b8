// The questions of a town hall: backing them, the tabs, and the order that follows the votes calmly.
import { arrange, Hand } from "./calm-order";
import { backs, rememberVote } from "./hall-mine";
import { send } from "./hall-line";
import { me } from "./mine-block";
import { language } from "./pages";
import { newest, top, type Ranked } from "./ranking";
import { sayOutcome } from "./town-hall";

const LOOK_AGAIN = 20_000;

interface Row extends Ranked {
  row: HTMLElement;
}

/** The number a counter shows, whatever the language's separators. */
export function numberIn(element: Element | null | undefined): number {
  return Number((element?.textContent ?? "").replace(/\D/g, "")) || 0;
}

class QuestionList extends HTMLElement {
  #hand = new Hand(this, () => this.#order());
  #timer = 0;
  #due = 0;
  #watch = new MutationObserver(() => this.#look());

  connectedCallback(): void {
    this.addEventListener("click", this.#click);
    document.addEventListener("hallway:hall-mine", this.#settle);
    document.addEventListener("turbo:morph", this.#settle);
    this.#hand.listen();
    this.#timer = window.setInterval(() => this.#look(), LOOK_AGAIN);
    this.#settle();
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.#click);
    document.removeEventListener("hallway:hall-mine", this.#settle);
    document.removeEventListener("turbo:morph", this.#settle);
    this.#hand.leave();
    this.#watch.disconnect();
    clearInterval(this.#timer);
    clearTimeout(this.#due);
  }

  get list(): HTMLElement | null {
    return this.querySelector(".questions-list");
  }

  get rows(): Row[] {
    return [...this.querySelectorAll<HTMLElement>(".questions-list > .question")].map((row) => ({
      row,
      id: Number(row.dataset["question"]),
      votes: Number(row.dataset["votes"]),
      since: Number(row.dataset["since"]),
      state: row.dataset["state"] ?? "",
    }));
  }

  /** Marks what is the reader's own, in rows that are the same for everybody. */
  #settle = (): void => {
    this.#watch.disconnect();
    for (const row of this.querySelectorAll<HTMLElement>(".question")) {
      const { question = "", author = "" } = row.dataset;
      row.toggleAttribute("data-own", author !== "" && author === me());
      row.toggleAttribute("data-backed", backs(question));
      const pressed = String(backs(question));
      const button = row.querySelector("button.vote");
      if (button && button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
    }
    this.#observe();
    this.#look();
  };

  #observe(): void {
    // A morph may bring another list element.
    if (this.list) this.#watch.observe(this.list, { childList: true, subtree: true, characterData: true });
  }

  /** Something has changed: takes over counts, and orders a moment later, together with what else changes. */
  #look(): void {
    let strange = false;
    for (const row of this.querySelectorAll<HTMLElement>(".question")) {
      const count = String(numberIn(row.querySelector(".vote-count")));
      if (row.dataset["votes"] !== count) row.dataset["votes"] = count;
      const button = row.querySelector("button.vote");
      strange ||= (button?.getAttribute("aria-pressed") === "true") !== backs(row.dataset["question"] ?? "") && button !== null;
      strange ||= !row.hasAttribute("data-own") && row.dataset["author"] === me() && me() !== "";
    }
    if (strange) return this.#settle();
    clearTimeout(this.#due);
    this.#due = window.setTimeout(() => !this.#hand.isThere && this.#order(), 250);
  }

  #order(): void {
    const { list, rows } = this;
    if (!list) return;
    this.#watch.disconnect();
    const places = top(rows, Date.now() / 1000);
    const fresh = new Set(places.filter((place) => place.fresh).map(({ question }) => question.row));
    for (const { row } of rows) row.toggleAttribute("data-fresh", fresh.has(row));
    const waiting = this.dataset["tab"] === "new" ? newest(rows.filter(({ state }) => state === "open" || state === "on_stage")) : places.map(({ question }) => question);
    const standing = new Set(waiting.map(({ row }) => row));
    const settled = rows.map(({ row }) => row).filter((row) => !standing.has(row));
    arrange(list, [...waiting.map(({ row }) => row), ...settled]);
    this.#count(settled.length);
    this.#observe();
  }

  #count(answered: number): void {
    const shown = this.querySelector(".tab-count");
    const text = answered ? new Intl.NumberFormat(language()).format(answered) : "";
    if (shown && !this.hasAttribute("data-partial") && shown.textContent !== text) shown.textContent = text;
  }

  #click = (event: Event): void => {
    const target = event.target as Element;
    const tab = target.closest<HTMLAnchorElement>(".tabs a[data-tab]");
    // Where only the reader's own were sent, the other tabs are pages to be read.
    if (tab && !this.hasAttribute("data-partial")) {
      event.preventDefault();
      return this.#show(tab.dataset["tab"] ?? "top");
    }
    const button = target.closest<HTMLButtonElement>("button.vote");
    if (!button) return;
    event.preventDefault();
    void this.back(button.closest<HTMLElement>(".question")?.dataset["question"] ?? "");
  };

  #show(tab: string): void {
    this.dataset["tab"] = tab;
    for (const link of this.querySelectorAll<HTMLElement>(".tabs a[data-tab]")) {
      if (link.dataset["tab"] === tab) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    this.#order();
  }

  /** Backs a question, or takes that back: shown at once, and taken back if it does not count. */
  async back(question: string, on = !backs(question)): Promise<void> {
    if (!question || backs(question) === on) return;
    this.#move(question, on);
    const outcome = await send({ hall: Number(this.getAttribute("hall")), vote: Number(question), on });
    if (outcome === "done") return;
    this.#move(question, !on);
    sayOutcome(outcome);
  }

  #move(question: string, on: boolean): void {
    const count = document.getElementById(`votes-${question}`);
    if (count) count.textContent = new Intl.NumberFormat(language()).format(Math.max(0, numberIn(count) + (on ? 1 : -1)));
    rememberVote(question, on);
  }
}

customElements.define("question-list", QuestionList);
export type { QuestionList };
