// The moderators' desk by keyboard, and rows that go where they belong when anybody moves them.
import { StreamActions } from "@hotwired/turbo";
import type { Tally } from "./hall-streams";
import { language } from "./pages";

const LANES: Record<string, string> = { held: "held", on_stage: "stage", open: "open", answered: "answered", written: "answered", declined: "declined" };
const OFF = "desk-keys-off";
// Between two orderings by votes; and never while somebody points at the list or is in it.
const CALM = 3000;

// The question one is at; it outlives the page, since merging and answering have pages of their own.
let chosen = "";

const rowOf = (question: string): HTMLElement | null => document.getElementById(`desk-question-${question}`);
const numberOf = (row: Element | null | undefined): string => (row as HTMLElement | null)?.dataset["question"] ?? "";
const isOff = (): boolean => localStorage.getItem(OFF) === "1";

class HallDesk extends HTMLElement {
  #ordering = 0;

  connectedCallback(): void {
    document.addEventListener("keydown", this.#key);
    document.addEventListener("turbo:morph", this.#settle);
    document.addEventListener("hallway:tally", this.#count);
    this.addEventListener("focusin", this.#choose);
    this.addEventListener("click", this.#click);
    this.#settle();
    if (chosen && document.activeElement === document.body) rowOf(chosen)?.focus();
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.#key);
    document.removeEventListener("turbo:morph", this.#settle);
    document.removeEventListener("hallway:tally", this.#count);
    clearTimeout(this.#ordering);
    this.removeEventListener("focusin", this.#choose);
    this.removeEventListener("click", this.#click);
  }

  /** Puts the new drawing of a question where it belongs, or takes it away when there is none. */
  put(question: string, fresh: HTMLElement | undefined): void {
    const row = rowOf(question);
    const place = fresh && this.querySelector<HTMLElement>(`#lane-${LANES[fresh.dataset["state"] ?? ""]}`);
    const had = row?.contains(document.activeElement) ?? false;
    if (row && row.parentElement !== place) this.#leave(row);
    if (fresh && place) {
      if (row && row.parentElement === place) row.replaceWith(fresh);
      else {
        row?.remove();
        place.insertBefore(fresh, [...place.children].find((other) => isBefore(fresh, other as HTMLElement)) ?? null);
      }
    } else row?.remove();
    this.#settle();
    if (had) rowOf(chosen)?.focus();
  }

  get #rows(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>(".desk-question")];
  }

  #settle = (): void => {
    for (const lane of this.querySelectorAll<HTMLElement>(".lane")) {
      const count = lane.querySelector<HTMLElement>(".lane-count");
      const rows = lane.querySelectorAll(".desk-question").length;
      if (count) count.textContent = (rows + Number(count.dataset["more"] ?? 0)).toLocaleString(language());
      if (lane.dataset["quiet"] !== undefined) lane.hidden = rows === 0;
    }
    for (const row of this.#rows) row.toggleAttribute("data-chosen", numberOf(row) === chosen);
    const button = this.querySelector(".desk-keys-off");
    button?.setAttribute("aria-pressed", String(isOff()));
    this.toggleAttribute("data-keys-off", isOff());
  };

  #count = (event: Event): void => {
    const { of, id, count } = (event as CustomEvent<Tally>).detail;
    const row = of === "question" ? rowOf(id) : null;
    if (!row) return;
    row.dataset["votes"] = String(count);
    this.#ordering ||= window.setTimeout(this.#order, CALM);
  };

  #order = (): void => {
    this.#ordering = 0;
    const list = this.querySelector("#lane-open");
    if (!list) return;
    if (list.matches(":hover, :focus-within")) {
      this.#ordering = window.setTimeout(this.#order, CALM);
      return;
    }
    const rows = [...list.children] as HTMLElement[];
    const wanted = rows.toSorted((one, other) => Number(other.dataset["votes"]) - Number(one.dataset["votes"]));
    if (wanted.some((row, at) => row !== rows[at])) list.append(...wanted);
  };

  #choose = (event: Event): void => {
    const row = (event.target as Element).closest(".desk-question");
    if (!row || numberOf(row) === chosen) return;
    chosen = numberOf(row);
    this.#settle();
  };

  /** The row goes from its list: whoever is at it goes on with the next one. */
  #leave(row: HTMLElement): void {
    if (numberOf(row) === chosen) chosen = numberOf(row.nextElementSibling ?? row.previousElementSibling) || numberOf(this.#rows.find((other) => other !== row));
  }

  #click = (event: Event): void => {
    const target = event.target as Element;
    if (target.closest(".desk-keys-off")) {
      localStorage.setItem(OFF, isOff() ? "0" : "1");
      return this.#settle();
    }
    const deed = target.closest<HTMLElement>("[data-key]");
    const row = deed?.closest<HTMLElement>(".desk-question");
    // Who puts a question on stage stays with it; everything else is done with it.
    if (!row || deed?.dataset["key"] === "s" || deed?.dataset["key"] === "e") return;
    this.#leave(row);
    // At once, so that many can be done one after the other; else the morph would keep the focus where it was.
    if (deed instanceof HTMLButtonElement) rowOf(chosen)?.focus({ preventScroll: true });
  };

  #key = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    const writing = target.isContentEditable || target.matches("input, textarea, select");
    if (writing || isOff() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const rows = this.#rows;
    const at = rows.findIndex((row) => numberOf(row) === chosen);
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") {
      const next = at < 0 ? rows[0] : rows[key === "j" ? Math.min(at + 1, rows.length - 1) : Math.max(at - 1, 0)];
      event.preventDefault();
      next?.focus();
      next?.scrollIntoView({ block: "nearest" });
      return;
    }
    const deed = rows[at]?.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
    if (!deed) return;
    event.preventDefault();
    deed.click();
  };
}

/** Whether `row` stands before `other` in the list of both. */
function isBefore(row: HTMLElement, other: HTMLElement): boolean {
  const number = (one: HTMLElement, name: string, none: number): number => Number(one.dataset[name] || none);
  const seconds = number(row, "second", Infinity) - number(other, "second", Infinity);
  if (LANES[row.dataset["state"] ?? ""] === "answered" && seconds) return seconds < 0;
  return number(row, "votes", 0) > number(other, "votes", 0);
}

// Somebody did something with a question, or asked one: its row as it is now, or nothing.
StreamActions["desk"] = function () {
  const fresh = this.templateContent.querySelector<HTMLElement>(".desk-question");
  document.querySelector<HallDesk>("hall-desk")?.put(this.dataset["question"] ?? "", fresh ?? undefined);
};

// From the page of a deed, Escape leads back to the desk unless something has been written.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  const back = document.querySelector<HTMLElement>('#deed [data-key="Escape"]');
  const fields = document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("#deed :is(input[type=text], input:not([type]), textarea)");
  if (back && ![...fields].some((field) => field.value !== field.defaultValue)) back.click();
});

customElements.define("hall-desk", HallDesk);
