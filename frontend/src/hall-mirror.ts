// The big screen and the speaker's tablet: nobody writes on them, so they are read anew as soon as something in their hall has changed.
import { session } from "@hotwired/turbo";

// Counts come up to four times a second and are shown at once; only the order of the questions waits for this.
const SOON = 120;
const LATER = 2500;
const AT_MOST_EVERY = 900;
const OF_A_HALL = /^(status|stage|ask|questions?|answered|polls?|declined|air)-/;

class HallMirror extends HTMLElement {
  #timer = 0;
  #due = 0;
  #read = 0;

  connectedCallback(): void {
    document.addEventListener("turbo:before-stream-render", this.#hear);
  }

  disconnectedCallback(): void {
    document.removeEventListener("turbo:before-stream-render", this.#hear);
    clearTimeout(this.#timer);
  }

  #hear = (event: Event): void => {
    const stream = event.target as HTMLElement;
    const action = stream.getAttribute("action") ?? "";
    const target = stream.getAttribute("target") ?? "";
    if (action === "tally") this.#plan(LATER);
    else if (action === "asked" || action === "desk" || OF_A_HALL.test(target)) this.#plan(SOON);
  };

  #plan(wait: number): void {
    const due = Math.max(Date.now() + wait, this.#read + AT_MOST_EVERY);
    if (this.#timer && this.#due <= due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = window.setTimeout(() => {
      this.#timer = 0;
      this.#read = Date.now();
      session.refresh(document.baseURI);
    }, due - Date.now());
  }
}

customElements.define("hall-mirror", HallMirror);
