// A link that is put into the clipboard when clicked; without a clipboard (no https) it stays a link.
import { toast } from "./toast-note";

class CopyLink extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", this.#click);
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.#click);
  }

  #click = (event: Event): void => {
    const link = this.querySelector("a");
    if (!link || !navigator.clipboard) return;
    event.preventDefault();
    navigator.clipboard.writeText(link.href).then(
      () => toast(link.dataset["copied"] ?? ""),
      () => location.assign(link.href),
    );
  };
}

customElements.define("copy-link", CopyLink);
