// What the reader asked without their name: only this browser knows, so it draws the list itself.
import { edit, withdraw } from "./nameless-asking";
import { kept, type Own } from "./nameless-kept";
import { getReady } from "./nameless-tokens";
import { toast } from "./toast-note";

class NamelessOwn extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("nameless", this.#draw);
    this.addEventListener("click", this.#click);
    if (this.dataset["code"]) getReady(this.hall, this.dataset["code"]);
    this.#draw();
  }

  disconnectedCallback(): void {
    document.removeEventListener("nameless", this.#draw);
    this.removeEventListener("click", this.#click);
  }

  get hall(): string {
    return this.getAttribute("hall") ?? "";
  }

  #draw = (): void => {
    const own = kept(this.hall)?.own ?? [];
    const list = this.querySelector("ul");
    const row = this.querySelector("template")?.content.firstElementChild;
    if (!list || !row) return;
    this.toggleAttribute("filled", own.length > 0);
    // One that is being changed stays as it is.
    if (list.querySelector("details[open]") && list.childElementCount === own.length) return;
    list.replaceChildren(
      ...own.map(({ question, text }) => {
        const item = row.cloneNode(true) as HTMLElement;
        item.dataset["own"] = String(question);
        item.dataset["client"] = "";
        const words = item.querySelector(".question-text");
        if (words) words.textContent = text;
        const field = item.querySelector("textarea");
        if (field) field.defaultValue = text;
        return item;
      }),
    );
  };

  #click = (event: MouseEvent): void => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-do]");
    const item = button?.closest<HTMLElement>("[data-own]");
    const own = kept(this.hall)?.own.find(({ question }) => String(question) === item?.dataset["own"]);
    if (button && item && own) void this.#do(button, item, own);
  };

  async #do(button: HTMLButtonElement, item: HTMLElement, own: Own): Promise<void> {
    const isEdit = button.dataset["do"] === "edit";
    button.disabled = true;
    const { outcome } = isEdit ? await edit(this.hall, own, item.querySelector("textarea")?.value ?? "") : await withdraw(this.hall, own);
    button.disabled = false;
    if (outcome === "done") item.querySelector("details")?.removeAttribute("open");
    toast(this.dataset[outcome === "done" ? (isEdit ? "changed" : "withdrawn") : outcome] ?? this.dataset["failed"] ?? "");
    this.#draw();
  }
}

customElements.define("nameless-own", NamelessOwn);
