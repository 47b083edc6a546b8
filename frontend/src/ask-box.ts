// Asking in a town hall: offers similar questions while one types, sends without leaving the page, and keeps the words.
import type { QuestionList } from "./question-list";
import { numberIn } from "./question-list";
import { similar, type Known } from "./similar";
import { toast } from "./toast-note";
import { token } from "./pages";

const PAUSE = 250;
const COMES_WITHIN = 2_000;

// Words that are not sent yet, by hall: the box may be drawn anew while one writes.
const drafts = new Map<string, string>();
let asked: Promise<Known[]> | undefined;

class AskBox extends HTMLElement {
  #timer = 0;

  connectedCallback(): void {
    const draft = drafts.get(this.hall);
    if (draft && this.field && !this.field.value) this.field.value = draft;
    this.addEventListener("input", this.#typed);
    this.addEventListener("keydown", this.#key);
    this.addEventListener("click", this.#click);
    document.addEventListener("submit", this.#submit, true);
  }

  disconnectedCallback(): void {
    this.removeEventListener("input", this.#typed);
    this.removeEventListener("keydown", this.#key);
    this.removeEventListener("click", this.#click);
    document.removeEventListener("submit", this.#submit, true);
    clearTimeout(this.#timer);
  }

  get hall(): string {
    return this.getAttribute("hall") ?? "";
  }

  get field(): HTMLTextAreaElement | null {
    return this.querySelector(".ask-text");
  }

  get list(): QuestionList | null {
    return document.querySelector<QuestionList>("question-list");
  }

  /** Empties the box after its words have been sent, and says so. */
  sent(words: string): void {
    drafts.delete(this.hall);
    if (this.field) this.field.value = "";
    this.#offer([]);
    this.#renew();
    for (const errors of this.querySelectorAll(".errors")) errors.remove();
    toast(words);
  }

  /** Says beside the words why they were not taken. */
  refuse(why: string): void {
    for (const errors of this.querySelectorAll(".errors")) errors.remove();
    const errors = document.createElement("div");
    errors.className = "errors";
    errors.dataset["client"] = "";
    errors.setAttribute("role", "alert");
    errors.append(Object.assign(document.createElement("p"), { textContent: why }));
    this.prepend(errors);
  }

  #typed = (): void => {
    drafts.set(this.hall, this.field?.value ?? "");
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#compare(), PAUSE);
  };

  #key = (event: KeyboardEvent): void => {
    const isField = event.target === this.field;
    // A question is one line; on a touch keyboard the button is at hand.
    if (isField && event.key === "Enter" && !event.shiftKey && !event.isComposing && matchMedia("(pointer: fine)").matches) {
      event.preventDefault();
      this.field?.form?.requestSubmit();
    }
  };

  async #compare(): Promise<void> {
    const text = this.field?.value ?? "";
    const known = await this.#known();
    if (text === this.field?.value) this.#offer(similar(text, known));
  }

  /** The open questions: those on the page, or all of them where the page has only the reader's own. */
  async #known(): Promise<Known[]> {
    if (this.list && !this.list.hasAttribute("data-partial")) {
      return [...this.list.querySelectorAll<HTMLElement>(".question")].map((row) => ({
        id: Number(row.dataset["question"]),
        text: row.querySelector(".question-text")?.textContent ?? "",
        votes: numberIn(row.querySelector(".vote-count")),
      }));
    }
    asked ??= fetch(this.getAttribute("words") ?? "", { headers: { Accept: "application/json" } })
      .then(async (response) => ((await response.json()) as { questions: { id: number; text: string; votes: number }[] }).questions)
      .catch(() => []);
    return asked;
  }

  #offer(known: Known[]): void {
    const place = this.querySelector(".ask-similar");
    if (!place) return;
    const shown = [...place.querySelectorAll<HTMLElement>("[data-known]")].map(({ dataset }) => dataset["known"]).join(" ");
    // What is offered already is not read out again.
    if (shown === known.map(({ id }) => id).join(" ")) return;
    if (!known.length) return place.replaceChildren();
    const title = Object.assign(document.createElement("p"), { textContent: this.dataset["similar"] ?? "" });
    const list = document.createElement("ul");
    list.append(...known.map((each) => this.#row(each)));
    place.replaceChildren(title, list);
  }

  #row({ id, text, votes }: Known): HTMLElement {
    const row = document.createElement("li");
    row.dataset["known"] = String(id);
    const words = Object.assign(document.createElement("span"), { textContent: text });
    words.id = `similar-${id}`;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-wash button-small";
    button.value = String(id);
    button.textContent = `${this.dataset["back"] ?? ""} (${votes})`;
    button.setAttribute("aria-describedby", words.id);
    row.append(words, button);
    return row;
  }

  #click = (event: Event): void => {
    const button = (event.target as Element).closest<HTMLButtonElement>(".ask-similar button");
    if (!button) return;
    void this.list?.back(button.value, true);
    this.sent(this.dataset["backed"] ?? "");
    this.field?.focus();
  };

  #submit = (event: Event): void => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.id !== "asking" || event.defaultPrevented) return;
    // Without a name it goes another way.
    if (this.querySelector<HTMLInputElement>("[name=nameless]")?.checked) return;
    event.preventDefault();
    event.stopPropagation();
    void this.#ask(form);
  };

  async #ask(form: HTMLFormElement): Promise<void> {
    const text = this.field?.value ?? "";
    const key = form.querySelector<HTMLInputElement>("[name=key]")?.value ?? "";
    const button = this.querySelector<HTMLButtonElement>("button.button[form]");
    button?.setAttribute("disabled", "");
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams({ text, key, csrfmiddlewaretoken: token() }),
        headers: { Accept: "text/vnd.turbo-stream.html, text/html" },
        redirect: "manual",
      });
      if (response.status === 204 || response.status === 202) this.#done(text, response.status === 202);
      else if (response.status === 422 || response.status === 429) this.refuse(await response.text());
      else this.refuse(document.getElementById("toasts")?.dataset[response.status === 404 ? "gone" : "failed"] ?? "");
    } catch {
      this.refuse(document.getElementById("toasts")?.dataset["offline"] ?? "");
    } finally {
      button?.removeAttribute("disabled");
    }
  }

  #done(text: string, held: boolean): void {
    this.sent((held ? this.dataset["held"] : this.dataset["asked"]) ?? "");
    const stands = (): boolean => [...(this.list?.querySelectorAll(".question-text") ?? [])].some((row) => row.textContent === text.trim());
    const reread = (): boolean => document.dispatchEvent(new CustomEvent("hallway:reread"));
    // What waits for a moderator stands only with the reader's own, which no frame brings.
    if (held) reread();
    else setTimeout(() => !stands() && reread(), COMES_WITHIN);
  }

  // A question sent again by mistake counts once; the next one is another.
  #renew(): void {
    const key = document.querySelector<HTMLInputElement>("#asking [name=key]");
    if (key) key.value = crypto.randomUUID();
  }
}

customElements.define("ask-box", AskBox);
export type { AskBox };
