// The field for words: a textarea with Markdown, and over it, once one starts to write, an editor that shows what one will see.
import type { Editor, Hooks } from "./editor";
import { style } from "./loading";
import { mark } from "./markdown";
import { offers } from "./mention";
import { toast } from "./toast-note";

const CHOICE = "write-in-markdown";

/** Whether the reader of this device prefers to write Markdown. */
function prefersMarkdown(): boolean {
  return localStorage.getItem(CHOICE) === "yes";
}

export class WordsField extends HTMLElement {
  #editor: Editor | undefined;
  #isLoading = false;
  #isComposing = false;
  #hadFocus = false;
  // Said once, then left alone until the reader asks again or the field is empty.
  #isUnkept = false;

  connectedCallback(): void {
    // A copy of a page, or of a box, has the editor's looks but not its life.
    for (const dead of this.querySelectorAll(".rich")) dead.remove();
    const area = this.querySelector("textarea");
    if (area) area.hidden = false;
    this.addEventListener("focusin", this.#begin);
    this.addEventListener("compositionstart", this.#compose);
    this.addEventListener("compositionend", this.#compose);
    queueMicrotask(() => this.#showMarks());
  }

  disconnectedCallback(): void {
    this.#editor?.destroy();
    this.#editor = undefined;
  }

  get area(): HTMLTextAreaElement {
    return this.querySelector("textarea")!;
  }

  override focus(): void {
    if (this.#editor) this.#editor.focus();
    else this.area.focus();
  }

  /** Takes over what somebody else wrote into the textarea. */
  read(): void {
    if (this.#editor && !this.#editor.read(this.area.value)) this.#leave("unkept");
  }

  lock(locked: boolean): void {
    if (locked) this.#hadFocus = this.contains(document.activeElement);
    this.area.readOnly = locked;
    this.#editor?.lock(locked);
    // What cannot be edited cannot be focused either; one goes on where one was.
    if (!locked && this.#hadFocus && document.activeElement === document.body) this.focus();
  }

  /** What the words look like, for a card that stands for them until the server has drawn its own. */
  get html(): DocumentFragment | undefined {
    return this.#editor?.html();
  }

  /** Does what the button called `name` says with the chosen words. */
  mark(name: string): void {
    if (name === "source") this.#switch();
    else if (this.#editor) this.#editor.mark(name);
    else mark(this.area, name);
  }

  /** Writes `words` where the cursor is. */
  insert(words: string): void {
    if (this.#editor) return this.#editor.insert(words);
    const { area } = this;
    area.focus();
    area.setRangeText(words, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  #begin = (): void => {
    if (!prefersMarkdown() && !(this.#isUnkept && this.area.value)) void this.#enter();
  };

  #compose = (event: Event): void => {
    this.#isComposing = event.type === "compositionstart";
    if (!this.#isComposing) this.#begin();
  };

  #switch(): void {
    if (this.#editor) {
      localStorage.setItem(CHOICE, "yes");
      this.#leave();
      this.area.focus();
    } else {
      localStorage.removeItem(CHOICE);
      void this.#enter(true);
    }
  }

  /** Loads the editor and puts it over the textarea; what is typed meanwhile comes along. */
  async #enter(isAsked = false): Promise<void> {
    const code = this.dataset["editor"];
    if (this.#editor || this.#isLoading || !code) return;
    this.#isLoading = true;
    try {
      const [{ edit }] = await Promise.all([import(code) as Promise<typeof import("./editor")>, style(this.dataset["style"] ?? "")]);
      // Taking the field away from under an input method would lose what is being composed.
      if (!this.isConnected || this.#isComposing || this.area.readOnly) return;
      const had = document.activeElement === this.area;
      this.#editor = edit(this.area, this.#hooks);
      this.#isUnkept = !this.#editor;
      if (!this.#editor) {
        if (isAsked || this.area.value === this.area.defaultValue) toast(this.dataset["unkept"] ?? "");
        return;
      }
      this.area.hidden = true;
      if (had || isAsked) this.#editor.focus(this.area.selectionStart);
      this.#showMarks();
    } catch (error) {
      // Without it one writes Markdown, as on a page without scripts.
      if (!(error instanceof TypeError)) throw error;
    } finally {
      this.#isLoading = false;
    }
  }

  #leave(reason?: "unkept"): void {
    this.#editor?.destroy();
    this.#editor = undefined;
    this.area.hidden = false;
    this.#isUnkept = reason === "unkept";
    if (reason) toast(this.dataset[reason] ?? "");
    this.#showMarks();
  }

  get #hooks(): Hooks {
    return {
      label: this.querySelector("text-expander")?.getAttribute("data-label") ?? "",
      offers: (sign, text) => offers(this, sign, text),
      address: (present) => this.#ask(present),
      changed: (text) => {
        this.area.value = text;
        this.area.dispatchEvent(new InputEvent("input", { bubbles: true }));
      },
      marked: (names) => this.#showMarks(names),
    };
  }

  // Where a link leads to is asked for below the words; Escape leaves things as they are.
  #ask(present: string): Promise<string | undefined> {
    const row = this.querySelector<HTMLElement>(".link-row");
    const field = row?.querySelector("input");
    if (!row || !field) return Promise.resolve(undefined);
    field.value = present;
    row.hidden = false;
    field.focus();
    return new Promise((answer) => {
      const asked = new AbortController();
      const settle = (address?: string): void => {
        asked.abort();
        row.hidden = true;
        answer(address);
      };
      const take = (): void => {
        const address = addressOf(field.value);
        field.setCustomValidity(address === undefined ? (row.dataset["wrong"] ?? "") : "");
        if (field.reportValidity()) settle(address);
      };
      const { signal } = asked;
      field.addEventListener("input", (event) => (event.stopPropagation(), field.setCustomValidity("")), { signal });
      row.addEventListener("click", (event) => (event.target as Element).closest("button") && take(), { signal });
      row.addEventListener("keydown", (event) => {
        event.stopPropagation();
        if (event.key === "Escape") settle();
        if (event.key !== "Enter" || event.target !== field) return;
        event.preventDefault();
        take();
      }, { signal });
    });
  }

  #showMarks(names: ReadonlySet<string> = new Set()): void {
    for (const button of this.closest("compose-box")?.querySelectorAll<HTMLElement>("[data-mark]") ?? []) {
      const name = button.dataset["mark"] ?? "";
      if (name === "source") button.setAttribute("aria-pressed", String(!this.#editor));
      else if (this.#editor) button.setAttribute("aria-pressed", String(names.has(name)));
      else button.removeAttribute("aria-pressed");
    }
  }
}

/** What was typed as the address a link may have; "" for none, undefined for what is no address. */
function addressOf(typed: string): string | undefined {
  const address = typed.trim();
  if (!address || /^(?:https?:\/\/[^\s/\\]|mailto:[^\s/\\])\S*$/i.test(address)) return address;
  return /^[^\s/@:]+\.[^\s@]+$/.test(address) ? `https://${address}` : /^[^\s/@:]+@[^\s@/]+\.[^\s@/]+$/.test(address) ? `mailto:${address}` : undefined;
}

customElements.define("words-field", WordsField);
