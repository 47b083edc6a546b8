// Tells the server that the reader has this page before them, so that its notifications count as read.
import { post } from "./pages";

class NoticesSeen extends HTMLElement {
  connectedCallback(): void {
    if (document.visibilityState === "visible") this.#tell();
    else document.addEventListener("visibilitychange", this.#tell, { once: true });
  }

  disconnectedCallback(): void {
    document.removeEventListener("visibilitychange", this.#tell);
  }

  #tell = (): void => {
    // A preview from Turbo's cache is not the page; the real one follows.
    if (document.documentElement.hasAttribute("data-turbo-preview")) return;
    const [kind, number] = [this.hasAttribute("entry") ? "entry" : "space", this.getAttribute("entry") ?? this.getAttribute("space") ?? ""];
    // If this fails they stay unread, which is the truth.
    post("/notifications/seen", { [kind]: number }).catch(() => undefined);
  };
}

customElements.define("notices-seen", NoticesSeen);
