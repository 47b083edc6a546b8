// The stream actions of town halls: "asked" puts an element where it belongs, "tally" writes a new count wherever it is shown.
import { StreamActions } from "@hotwired/turbo";
import { language } from "./pages";

/** A question was asked, or looks different now; its row is in the document. */
export interface Asked {
  row: HTMLElement;
  isNew: boolean;
}

/** A count of "question", "cheer", "option" of a poll or "present" (of the thing `id`) is new. */
export interface Tally {
  of: string;
  id: string;
  count: number;
}

function tell<T>(name: string, detail: T): void {
  document.dispatchEvent(new CustomEvent<T>(name, { detail }));
}

StreamActions["asked"] = function () {
  const place = document.getElementById(this.getAttribute("target") ?? "");
  const row = this.templateContent.firstElementChild;
  if (!place || !(row instanceof HTMLElement)) return;
  const held = document.getElementById(row.id);
  // Someone may be at it with the keyboard.
  const focused = held?.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null;
  const index = focused && held ? [...held.querySelectorAll("a, button")].indexOf(focused) : -1;
  if (held?.parentElement === place && !moves(row, held)) held.replaceWith(row);
  else {
    held?.remove();
    place.insertBefore(row, [...place.children].find((other) => isBefore(row, other as HTMLElement)) ?? null);
  }
  if (index >= 0) row.querySelectorAll<HTMLElement>("a, button")[index]?.focus();
  tell<Asked>("hallway:asked", { row, isNew: !held });
};

/** Whether it stands elsewhere in its list now. */
function moves(row: HTMLElement, held: HTMLElement): boolean {
  return row.dataset["second"] !== held.dataset["second"] || row.dataset["poll"] !== undefined;
}

/** Whether `row` stands before `other`: answers in the order of the event, polls the open one first, then the latest. Questions are put in order by their list. */
function isBefore(row: HTMLElement, other: HTMLElement): boolean {
  const { second, poll, state } = row.dataset;
  const at = (text: string | undefined): number => (text ? Number(text) : Infinity);
  if (second !== undefined) return at(second) < at(other.dataset["second"]);
  if (poll === undefined) return false;
  const [open, otherOpen] = [state === "open", other.dataset["state"] === "open"];
  return open === otherOpen ? Number(poll) > Number(other.dataset["poll"]) : open;
}

StreamActions["tally"] = function () {
  const { of = "", id = "", count = "0" } = this.dataset;
  const number = Number(count);
  const name = CSS.escape(id);
  const text = number.toLocaleString(language());
  for (const shown of document.querySelectorAll(PLACES[of]?.(name) ?? "never")) if (shown.textContent !== text) shown.textContent = text;
  const row = of === "question" ? document.getElementById(`question-${id}`) : null;
  if (row) row.dataset["votes"] = count;
  tell<Tally>("hallway:tally", { of, id, count: number });
};

const PLACES: Record<string, (name: string) => string> = {
  question: (name) => `#votes-${name}, [data-votes-of="${name}"]`,
  cheer: (name) => `[data-cheer="${name}"]`,
  option: (name) => `[data-option-votes="${name}"]`,
  present: (name) => `#present-${name}, [data-present="${name}"]`,
};
