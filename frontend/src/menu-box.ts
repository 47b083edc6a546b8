// The "…" of a card: a link to the page of what one may do, opened in place. (A menu-box around <details> needs only dismiss.ts.)
import { visit } from "@hotwired/turbo";
import { read } from "./pages";

class MenuBox extends HTMLElement {
  connectedCallback(): void {
    this.#link?.setAttribute("aria-expanded", "false");
    this.addEventListener("click", this.#click);
    this.addEventListener("keydown", this.#key);
    document.addEventListener("click", this.#outside);
    document.addEventListener("turbo:before-cache", this.#close);
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.#click);
    this.removeEventListener("keydown", this.#key);
    document.removeEventListener("click", this.#outside);
    document.removeEventListener("turbo:before-cache", this.#close);
  }

  get #link(): HTMLAnchorElement | null {
    return this.querySelector<HTMLAnchorElement>(":scope > a");
  }

  get #sheet(): HTMLElement | null {
    return this.querySelector<HTMLElement>(":scope > div.menu-sheet");
  }

  #click = (event: MouseEvent): void => {
    const link = this.#link;
    if (!link?.contains(event.target as Node) || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (this.#sheet) this.#close();
    else void this.#open(link);
  };

  async #open(link: HTMLAnchorElement): Promise<void> {
    try {
      const menu = (await read(link.href)).getElementById("menu");
      if (!menu) return visit(link.href);
      const sheet = document.createElement("div");
      sheet.className = "menu-sheet";
      sheet.dataset["client"] = "";
      menu.removeAttribute("id");
      sheet.append(document.adoptNode(menu));
      this.append(sheet);
      link.setAttribute("aria-expanded", "true");
      this.#items[0]?.focus();
    } catch {
      visit(link.href);
    }
  }

  get #items(): HTMLElement[] {
    return [...(this.#sheet?.querySelectorAll<HTMLElement>("a, button") ?? [])];
  }

  #close = (): void => {
    const hadFocus = this.#sheet?.contains(document.activeElement);
    this.#sheet?.remove();
    this.#link?.setAttribute("aria-expanded", "false");
    if (hadFocus) this.#link?.focus();
  };

  #outside = (event: Event): void => {
    if (this.#sheet && !this.contains(event.target as Node)) this.#close();
  };

  #key = (event: KeyboardEvent): void => {
    if (!this.#sheet) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") this.#close();
    if (step === undefined) return;
    event.preventDefault();
    const items = this.#items;
    const next = items.indexOf(document.activeElement as HTMLElement) + step;
    items.at(next % items.length)?.focus();
  };
}

customElements.define("menu-box", MenuBox);
