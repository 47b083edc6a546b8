// The time since the doors were opened; after the planned end it says so by its looks.

class HallClock extends HTMLElement {
  static readonly observedAttributes = ["opened", "ends", "now"];

  #timer = 0;
  // How far this device's clock is ahead of the server's.
  #ahead = 0;

  connectedCallback(): void {
    this.setAttribute("role", "timer");
    this.#timer = window.setInterval(this.#tick, 1000);
    document.addEventListener("turbo:morph", this.#tick);
    this.#tick();
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer);
    document.removeEventListener("turbo:morph", this.#tick);
  }

  attributeChangedCallback(name: string): void {
    const now = Date.parse(this.getAttribute("now") ?? "");
    if (name === "now" && now) this.#ahead = Date.now() - now;
    if (this.isConnected) this.#tick();
  }

  #tick = (): void => {
    const opened = Date.parse(this.getAttribute("opened") ?? "");
    if (!opened) return;
    const now = Date.now() - this.#ahead;
    const seconds = Math.max(0, Math.floor((now - opened) / 1000));
    const pad = (number: number): string => String(number).padStart(2, "0");
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    this.textContent = `${hours ? `${hours}:` : ""}${pad(minutes)}:${pad(seconds % 60)}`;
    this.toggleAttribute("data-over", now > (Date.parse(this.getAttribute("ends") ?? "") || Infinity));
  };
}

customElements.define("hall-clock", HallClock);
