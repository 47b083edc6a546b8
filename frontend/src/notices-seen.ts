// Tells the server what the reader has before them: a thread, a space, a person or a question counts as read, the list of notifications as seen.
import { post } from "./pages";

const KINDS = ["entry", "space", "person", "question", "until"];

class NoticesSeen extends HTMLElement {
  static readonly observedAttributes = ["until"];

  connectedCallback(): void {
    this.#look();
  }

  disconnectedCallback(): void {
    document.removeEventListener("visibilitychange", this.#tell);
  }

  /** The list was read anew and may begin with another row. */
  attributeChangedCallback(_name: string, old: string | null): void {
    if (old !== null) this.#look();
  }

  #look(): void {
    if (document.visibilityState === "visible") this.#tell();
    else document.addEventListener("visibilitychange", this.#tell, { once: true });
  }

  #tell = (): void => {
    // A preview from Turbo's cache is not the page; the real one follows.
    if (document.documentElement.hasAttribute("data-turbo-preview")) return;
    const kind = KINDS.find((name) => this.hasAttribute(name));
    if (!kind) return;
    // If this fails they stay as they are, which is the truth.
    post("/notifications/seen", { [kind]: this.getAttribute(kind) ?? "" }).catch(() => undefined);
  };
}

customElements.define("notices-seen", NoticesSeen);
