// Long words in a list of cards are folded, with a button that unfolds them; on the entry's own page they are all there.

class FoldText extends HTMLElement {
  connectedCallback(): void {
    // A page shown again from Turbo's cache brings a button nobody listens to any more.
    this.#button?.remove();
    this.removeAttribute("folded");
    if (!this.closest("entry-stream") || this.hasAttribute("unfolded")) return;
    // Measured after the fonts and styles have been applied.
    requestAnimationFrame(() => {
      if (this.isConnected && !this.#button && this.scrollHeight > 330) this.#fold();
    });
  }

  get #button(): Element | undefined {
    const next = this.nextElementSibling;
    return next?.matches(".fold-more") ? next : undefined;
  }

  #fold(): void {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "fold-more";
    button.dataset["client"] = "";
    button.textContent = this.getAttribute("more") ?? "";
    button.addEventListener("click", () => {
      this.removeAttribute("folded");
      this.setAttribute("unfolded", "");
      button.remove();
      this.tabIndex = -1;
      this.focus({ preventScroll: true });
    });
    this.setAttribute("folded", "");
    this.after(button);
  }
}

customElements.define("fold-text", FoldText);
