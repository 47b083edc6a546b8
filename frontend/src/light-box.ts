// The images of a card at full size, one after the other; without it, each is a link to the image.

class LightBox extends HTMLElement {
  #links: HTMLAnchorElement[] = [];
  #place = 0;

  connectedCallback(): void {
    document.addEventListener("click", this.#open);
    document.addEventListener("turbo:before-render", this.#leave);
    document.addEventListener("turbo:before-cache", this.#close);
    this.addEventListener("click", this.#click);
    this.addEventListener("keydown", this.#key);
  }

  disconnectedCallback(): void {
    document.removeEventListener("click", this.#open);
    document.removeEventListener("turbo:before-render", this.#leave);
    document.removeEventListener("turbo:before-cache", this.#close);
  }

  get #dialog(): HTMLDialogElement {
    return this.querySelector("dialog")!;
  }

  #open = (event: MouseEvent): void => {
    const link = (event.target as Element).closest<HTMLAnchorElement>(".images a");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    this.#links = [...(link.closest(".images")?.querySelectorAll("a") ?? [link])];
    this.#show(this.#links.indexOf(link));
    this.#dialog.showModal();
  };

  #show(place: number): void {
    const link = this.#links[place];
    if (!link) return;
    this.#place = place;
    const small = link.querySelector("img");
    const words = small?.alt || link.getAttribute("aria-label") || "";
    const image = document.createElement("img");
    image.className = "light-image";
    image.alt = words;
    // Known before it has come, so that nothing jumps.
    for (const side of ["width", "height"]) image.setAttribute(side, small?.getAttribute(side) ?? "");
    image.src = link.href;
    this.querySelector(".light-place")!.replaceChildren(image);
    this.querySelector(".light-words")!.textContent = small?.alt ?? "";
    const count = this.querySelector<HTMLElement>(".light-count")!;
    count.hidden = this.#links.length < 2;
    count.textContent = `${place + 1} / ${this.#links.length}`;
    this.#button("back").hidden = this.#button("on").hidden = this.#links.length < 2;
    this.#button("back").disabled = place === 0;
    this.#button("on").disabled = place === this.#links.length - 1;
  }

  #button(name: "back" | "on"): HTMLButtonElement {
    return this.querySelector<HTMLButtonElement>(`[data-light=${name}]`)!;
  }

  #click = (event: Event): void => {
    const target = event.target as Element;
    const name = target.closest<HTMLElement>("[data-light]")?.dataset["light"];
    if (name === "back" || name === "on") this.#show(this.#place + (name === "on" ? 1 : -1));
    // All around the picture is a way out.
    else if (name === "close" || !target.closest(".light-image, .light-words")) this.#close();
  };

  #key = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.#show(this.#place + step);
  };

  // Reading the page anew does not take a picture away from under somebody's eyes; another page does.
  #leave = (event: Event): void => {
    if ((event as CustomEvent<{ renderMethod: string }>).detail.renderMethod !== "morph") this.#close();
  };

  #close = (): void => {
    if (this.#dialog.open) this.#dialog.close();
  };
}

customElements.define("light-box", LightBox);
