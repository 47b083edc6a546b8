// The search field in the bar: "/" goes there from anywhere one is not writing, Escape leaves it.

class SearchBox extends HTMLElement {
  connectedCallback(): void {
    document.addEventListener("keydown", this.#key);
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.#key);
  }

  #key = (event: KeyboardEvent): void => {
    const field = this.querySelector("input");
    const target = event.target as HTMLElement;
    if (event.key === "Escape" && target === field) field.blur();
    const writing = target.isContentEditable || target.matches("input, textarea, select");
    if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    field?.select();
    field?.focus();
  };
}

customElements.define("search-box", SearchBox);
