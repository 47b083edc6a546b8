// Reacting without leaving the page: shown at once, then settled by what the server tells everybody.
import { renderStreamMessage } from "@hotwired/turbo";
import { reactionTo, remember } from "./mine-block";
import { language, post } from "./pages";
import { toast } from "./toast-note";

class ReactionPicker extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", this.#click);
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.#click);
  }

  get entry(): string {
    return this.getAttribute("entry") ?? "";
  }

  #click = (event: Event): void => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[name=kind]");
    if (!button) return;
    event.preventDefault();
    const sheet = this.querySelector("details");
    if (sheet?.open) {
      sheet.open = false;
      sheet.querySelector("summary")?.focus();
    }
    void this.#react(button.formAction, button.value);
  };

  async #react(address: string, kind: string): Promise<void> {
    const before = reactionTo(this.entry);
    const after = before === kind ? undefined : kind;
    this.#move(before, after);
    try {
      const response = await post(address, { kind });
      const type = response.headers.get("Content-Type") ?? "";
      if (type.startsWith("text/vnd.turbo-stream.html")) renderStreamMessage(await response.text());
    } catch {
      this.#move(after, before);
      toast(this.getAttribute("failed") ?? "");
    }
  }

  #move(from: string | undefined, to: string | undefined): void {
    if (from) this.#add(from, -1);
    if (to) this.#add(to, 1);
    remember(this.entry, to);
  }

  #add(kind: string, step: number): void {
    const shown = this.querySelector<HTMLElement>(`button[value="${kind}"] [data-count]`);
    if (!shown) return;
    const count = Number((shown.textContent ?? "").replace(/\D/g, "")) + step;
    shown.textContent = count > 0 ? new Intl.NumberFormat(language()).format(count) : "";
  }
}

customElements.define("reaction-picker", ReactionPicker);
