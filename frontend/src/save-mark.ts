// Saving without leaving the page: shown at once, then told to the reader's other screens.
import { isSaved, rememberSaved } from "./mine-block";
import { post } from "./pages";
import { toast } from "./toast-note";

class SaveMark extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", this.#click);
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.#click);
  }

  #click = (event: Event): void => {
    const button = (event.target as Element).closest("button");
    if (!button) return;
    event.preventDefault();
    void this.#save(button.formAction);
  };

  async #save(address: string): Promise<void> {
    const entry = this.getAttribute("entry") ?? "";
    const on = !isSaved(entry);
    rememberSaved(entry, on);
    try {
      await post(address, { state: on ? "on" : "off" });
      if (on) toast(this.getAttribute("done") ?? "");
    } catch {
      rememberSaved(entry, !on);
      toast(this.getAttribute("failed") ?? "");
    }
  }
}

customElements.define("save-mark", SaveMark);
