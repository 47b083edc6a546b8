// Automatic, light or dark: kept in a cookie, so that the server's next page comes in the right colours without a flash.

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
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.documentElement.dataset["theme"] = value;
    document.cookie = `theme=${value}; path=/; max-age=31536000; samesite=lax${secure}`;
  };
}

customElements.define("theme-choice", ThemeChoice);
