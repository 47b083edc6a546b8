// The page of a town hall as a whole: the clock, the word to screen readers, polls, and why something did not count.
import { choiceIn, rememberChoice } from "./hall-mine";
import { send, type Outcome } from "./hall-line";
import { toast } from "./toast-note";

/** Says why a vote, a cheer or an answer did not count. */
export function sayOutcome(outcome: Outcome): void {
  const words = document.querySelector<HTMLElement>("town-hall")?.dataset;
  toast(words?.[outcome] ?? document.getElementById("toasts")?.dataset["failed"] ?? "");
}

function clock(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  const two = (part: number): string => String(part).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${two(minutes)}:${two(rest)}`;
}

class TownHall extends HTMLElement {
  #timer = 0;
  #said = "";
  #due = 0;
  #watch = new MutationObserver(() => this.#look());
  #bars = new MutationObserver(() => this.#hideOwnBar());

  connectedCallback(): void {
    this.#said = this.stage?.dataset["now"] ?? "";
    this.addEventListener("click", this.#click);
    document.addEventListener("hallway:hall-mine", this.#settle);
    document.addEventListener("turbo:morph", this.#settle);
    const bars = document.getElementById("on-air");
    if (bars) this.#bars.observe(bars, { childList: true, subtree: true, attributes: true, attributeFilter: ["hidden"] });
    this.#hideOwnBar();
    this.#watch.observe(this, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-now", "data-stage"] });
    this.#timer = window.setInterval(this.#tick, 1000);
    this.#tick();
    this.#settle();
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.#click);
    document.removeEventListener("hallway:hall-mine", this.#settle);
    document.removeEventListener("turbo:morph", this.#settle);
    this.#watch.disconnect();
    this.#bars.disconnect();
    clearInterval(this.#timer);
    clearTimeout(this.#due);
  }

  get stage(): HTMLElement | null {
    return this.querySelector(".stage");
  }

  #tick = (): void => {
    const time = this.querySelector<HTMLTimeElement>("time.since");
    const since = Date.parse(time?.dateTime ?? "");
    if (!time || Number.isNaN(since)) return;
    const text = clock(Math.max(0, (Date.now() - since) / 1000));
    if (time.textContent !== text) time.textContent = text;
  };

  #look(): void {
    const stage = this.querySelector<HTMLElement>(".stage-status")?.dataset["stage"];
    if (stage && stage !== this.dataset["stage"]) this.dataset["stage"] = stage;
    this.#tick();
    this.#settle();
    this.#say();
    this.#hideOwnBar();
    this.#admitPlayer();
  }

  // The policy of the page that is open admits one player; another one needs the page to be loaded anew, once.
  #admitPlayer(): void {
    const player = this.querySelector<HTMLIFrameElement>("iframe.stage-player");
    if (!player || new URL(player.src).origin === this.dataset["player"]) return;
    if (sessionStorage.getItem("player") === player.src) return;
    sessionStorage.setItem("player", player.src);
    location.reload();
  }

  // In the hall one is there already; the bars of others stay.
  #hideOwnBar = (): void => {
    const bar = document.getElementById(`air-${this.dataset["hall"]}`);
    if (bar && !bar.hidden) bar.hidden = true;
  };

  // What is on stage is read out once, by its own region: the lower third is also replaced when nothing new is in it.
  #say(): void {
    const now = this.stage?.dataset["now"] ?? "";
    if (now === this.#said) return;
    this.#said = now;
    const region = this.querySelector(`#now-${this.dataset["hall"]}`);
    const text = this.querySelector(".third-text")?.textContent ?? "";
    if (region) region.textContent = now ? `${this.dataset["nowWord"]}: ${text}` : "";
  }

  /** Marks the reader's own choices in polls. */
  #settle = (): void => {
    for (const poll of this.querySelectorAll<HTMLElement>(".poll")) {
      const own = choiceIn(poll.dataset["poll"] ?? "");
      for (const button of poll.querySelectorAll<HTMLButtonElement>("button.poll-option")) {
        const pressed = String(button.value === own);
        if (button.getAttribute("aria-pressed") !== pressed) button.setAttribute("aria-pressed", pressed);
      }
    }
  };

  #click = (event: Event): void => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button.poll-option");
    const poll = button?.closest<HTMLElement>(".poll")?.dataset["poll"];
    if (!button || !poll) return;
    event.preventDefault();
    void this.#choose(poll, button.value);
  };

  async #choose(poll: string, option: string): Promise<void> {
    const before = choiceIn(poll);
    if (before === option) return;
    rememberChoice(poll, option);
    const outcome = await send({ hall: Number(this.dataset["hall"]), poll: Number(poll), option: Number(option) });
    if (outcome === "done") return;
    rememberChoice(poll, before);
    sayOutcome(outcome);
  }
}

customElements.define("town-hall", TownHall);
