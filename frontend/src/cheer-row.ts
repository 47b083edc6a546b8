// Clapping and the like: each click counts at once and flies up; many clicks go to the server together.
import { send } from "./hall-line";
import { language } from "./pages";
import { numberIn } from "./question-list";
import { sayOutcome } from "./town-hall";

const TOGETHER = 300;
const MOST = 20;

class CheerRow extends HTMLElement {
  #waiting = new Map<string, number>();
  #timer = 0;

  connectedCallback(): void {
    this.addEventListener("click", this.#click);
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.#click);
  }

  #click = (event: Event): void => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button.cheer");
    if (!button) return;
    event.preventDefault();
    const count = (this.#waiting.get(button.value) ?? 0) + 1;
    if (count > MOST) return;
    this.#waiting.set(button.value, count);
    const shown = button.querySelector("[data-cheer]");
    if (shown) shown.textContent = new Intl.NumberFormat(language()).format(numberIn(shown) + 1);
    this.#fly(button);
    this.#timer ||= window.setTimeout(() => void this.#send(), TOGETHER);
  };

  #fly(button: HTMLElement): void {
    const sign = document.createElement("span");
    sign.className = "cheer-fly";
    sign.setAttribute("aria-hidden", "true");
    sign.dataset["client"] = "";
    sign.textContent = button.querySelector("span")?.textContent ?? "";
    sign.addEventListener("animationend", () => sign.remove());
    button.append(sign);
    setTimeout(() => sign.remove(), 1500);
  }

  async #send(): Promise<void> {
    const wishes = [...this.#waiting];
    this.#waiting.clear();
    this.#timer = 0;
    for (const [cheer, n] of wishes) {
      const outcome = await send({ hall: Number(this.getAttribute("hall")), cheer, n });
      if (outcome !== "done") sayOutcome(outcome);
    }
  }
}

customElements.define("cheer-row", CheerRow);
