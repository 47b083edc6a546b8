// Tells the server how far the reader has read in the conversation on this page: when it is opened, and as comments come while it is in sight.
import { type Said, readUpTo } from "./new-comments";
import { post } from "./pages";

const MEANWHILE = 1000;

class ThreadSeen extends HTMLElement {
  static readonly observedAttributes = ["upto"];
  #upto = 0;
  #told = -1;
  #timer = 0;

  connectedCallback(): void {
    document.addEventListener("hallway:said", this.#said);
    document.addEventListener("visibilitychange", this.#tell);
    this.#tell();
  }

  disconnectedCallback(): void {
    document.removeEventListener("hallway:said", this.#said);
    document.removeEventListener("visibilitychange", this.#tell);
    clearTimeout(this.#timer);
  }

  attributeChangedCallback(_name: string, old: string | null, upto: string | null): void {
    this.#upto = Math.max(this.#upto, Number(upto));
    if (old !== null) this.#tell();
  }

  // Several that come at once are told at once.
  #said = (event: Event): void => {
    const { thread, comment } = (event as CustomEvent<Said>).detail;
    if (thread !== this.getAttribute("entry")) return;
    this.#upto = Math.max(this.#upto, comment);
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(this.#tell, MEANWHILE);
  };

  #tell = (): void => {
    // A preview from Turbo's cache is not the page; the real one follows.
    if (document.visibilityState === "hidden" || document.documentElement.hasAttribute("data-turbo-preview")) return;
    if (this.#upto <= this.#told) return;
    this.#told = this.#upto;
    const entry = this.getAttribute("entry") ?? "";
    readUpTo(entry, this.#upto);
    // If this fails they are new again with the next page, which is the truth.
    post("/notifications/seen", { entry, upto: String(this.#upto) }).catch(() => undefined);
  };
}

customElements.define("thread-seen", ThreadSeen);
