// Automatic, light or dark, chosen in one's menu: at once here, and kept with the account for all devices.

class ThemeChoice extends HTMLElement {
  connectedCallback(): void {
    this.hidden = false;
    this.addEventListener("change", this.#choose);
    const now = document.documentElement.dataset["theme"] ?? "auto";
    for (const radio of this.querySelectorAll("input")) radio.checked = radio.value === now;
  }

  disconnectedCallback(): void {
    this.removeEventListener("change", this.#choose);
  }

  #choose = (event: Event): void => {
    const { value } = event.target as HTMLInputElement;
    document.documentElement.dataset["theme"] = value;
    const token = document.querySelector<HTMLInputElement>("#act [name=csrfmiddlewaretoken]")?.value ?? "";
    const body = new URLSearchParams({ theme: value, csrfmiddlewaretoken: token });
    // Without a connection it holds for this page, which is what one sees.
    void fetch("/settings/theme", { method: "POST", body, keepalive: true }).catch(() => undefined);
  };
}

customElements.define("theme-choice", ThemeChoice);
