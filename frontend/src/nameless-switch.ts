// The switch in the ask box: with it on, the form is not sent, but its words without a name.
import { ask } from "./nameless-asking";
import { kept } from "./nameless-kept";
import { canBlind, getReady } from "./nameless-tokens";
import { toast } from "./toast-note";

// Where the switch is on, by hall: a box that is drawn anew while one writes must not send the name all of a sudden.
const on = new Set<string>();

class NamelessSwitch extends HTMLElement {
  #form: HTMLFormElement | null = null;

  connectedCallback(): void {
    const box = this.#box;
    if (box) box.checked = on.has(this.hall);
    this.#form = box?.form ?? null;
    this.#form?.addEventListener("submit", this.#submit, { capture: true });
    document.addEventListener("nameless", this.#show);
    document.addEventListener("turbo:before-morph-element", this.#stay);
    this.addEventListener("change", this.#switched);
    getReady(this.hall, this.dataset["code"] ?? "");
    this.#show();
  }

  disconnectedCallback(): void {
    this.#form?.removeEventListener("submit", this.#submit, { capture: true });
    document.removeEventListener("nameless", this.#show);
    document.removeEventListener("turbo:before-morph-element", this.#stay);
    this.removeEventListener("change", this.#switched);
  }

  get hall(): string {
    return this.getAttribute("hall") ?? "";
  }

  get #box(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>("input[type=checkbox]");
  }

  get #words(): HTMLTextAreaElement | null {
    return this.closest("ask-box, section")?.querySelector<HTMLTextAreaElement>("textarea[name=text]") ?? null;
  }

  #switched = (): void => {
    if (this.#box?.checked) on.add(this.hall);
    else on.delete(this.hall);
    this.#show();
  };

  // A morph would put the switch back to where the server drew it.
  #stay = (event: Event): void => {
    const { newElement } = (event as CustomEvent<{ newElement?: Element }>).detail;
    if (event.target === this && newElement) event.preventDefault();
  };

  /** Says what there is to know while the switch is on. */
  #show = (): void => {
    const box = this.#box;
    const note = this.querySelector<HTMLElement>(".nameless-note");
    if (!box || !note) return;
    const mine = kept(this.hall);
    const lines = [this.#trouble(mine?.given, mine?.tokens?.length)];
    if (mine?.few) lines.push(this.dataset["few"]);
    lines.push(this.dataset["kept"]);
    const words = box.checked ? lines.filter(Boolean).join(" ") : "";
    if (note.textContent !== words) note.textContent = words;
    note.hidden = !box.checked;
  };

  #trouble(given: boolean | undefined, left: number | undefined): string | undefined {
    if (!canBlind()) return this.dataset["insecure"];
    if (given) return this.dataset["given"];
    if (left === undefined) return this.dataset["waiting"];
    return left ? undefined : this.dataset["none"];
  }

  #submit = (event: SubmitEvent): void => {
    if (!this.#box?.checked) return;
    // Nothing else may send these words: with the form would go the name.
    event.preventDefault();
    event.stopImmediatePropagation();
    const words = this.#words;
    const mine = kept(this.hall);
    const trouble = this.#trouble(mine?.given, mine?.tokens?.length);
    if (!words?.value.trim()) return;
    if (trouble) toast(trouble);
    else void this.#ask(words);
  };

  async #ask(words: HTMLTextAreaElement): Promise<void> {
    if (words.readOnly) return;
    words.readOnly = true;
    const { outcome, state } = await ask(this.hall, words.value);
    words.readOnly = false;
    if (outcome === "done") {
      words.value = "";
      words.dispatchEvent(new Event("input", { bubbles: true }));
    }
    toast(this.dataset[state === "held" && outcome === "done" ? "held" : outcome] ?? this.dataset["failed"] ?? "");
    this.#show();
  }
}

customElements.define("nameless-switch", NamelessSwitch);
