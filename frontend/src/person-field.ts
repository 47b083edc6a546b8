// A field for one person: offers those who may read in its space, or everybody, while one types; without the script one writes the handle.
import { type Colleague, option } from "./mention";

const PAUSE = 120;
const LIST = "person-field-list";

class PersonField extends HTMLElement {
  #timer = 0;
  #asked = 0;
  #chosen = -1;

  connectedCallback(): void {
    this.#dress();
    this.addEventListener("input", this.#type);
    this.addEventListener("keydown", this.#key);
    this.addEventListener("mousedown", this.#pick);
    this.addEventListener("focusout", this.#close);
    document.addEventListener("turbo:before-cache", this.#close);
    document.addEventListener("turbo:morph", this.#dress);
  }

  disconnectedCallback(): void {
    clearTimeout(this.#timer);
    document.removeEventListener("turbo:before-cache", this.#close);
    document.removeEventListener("turbo:morph", this.#dress);
  }

  get #field(): HTMLInputElement | null {
    return this.querySelector("input");
  }

  get #options(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[role=option]")];
  }

  // The server's field is a plain one, and so it is again after a page was read anew.
  #dress = (): void => {
    const field = this.#field;
    field?.setAttribute("role", "combobox");
    field?.setAttribute("aria-autocomplete", "list");
    field?.setAttribute("autocomplete", "off");
    if (!this.#options.length) field?.setAttribute("aria-expanded", "false");
  };

  #type = (): void => {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#offer(), PAUSE);
  };

  async #offer(): Promise<void> {
    const words = this.#field?.value.replace(/^@/, "").trim() ?? "";
    const asked = ++this.#asked;
    if (!words) return this.#close();
    const space = this.getAttribute("space");
    const where = space ? "/spaces/complete" : "/people/complete";
    const query = new URLSearchParams(space ? { q: words, space } : { q: words });
    const response = await fetch(`${where}?${query}`, { headers: { Accept: "application/json" } }).catch(() => undefined);
    // What was typed since is asked for by itself; without an answer one can still write the handle.
    if (asked !== this.#asked || !response?.ok) return;
    const found = (await response.json()) as Colleague[];
    this.#close();
    if (found.length && this.contains(document.activeElement)) this.#open(found);
  }

  #open(found: Colleague[]): void {
    const list = document.createElement("ul");
    list.className = "complete";
    list.id = LIST;
    list.dataset["client"] = "";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", this.dataset["label"] ?? "");
    list.append(...found.map(option));
    this.append(list);
    this.#field?.setAttribute("aria-expanded", "true");
    this.#field?.setAttribute("aria-controls", LIST);
    this.#choose(0);
  }

  #choose(place: number): void {
    const options = this.#options;
    this.#chosen = (place + options.length) % options.length;
    options.forEach((one, at) => one.setAttribute("aria-selected", String(at === this.#chosen)));
    this.#field?.setAttribute("aria-activedescendant", options[this.#chosen]?.id ?? "");
    options[this.#chosen]?.scrollIntoView({ block: "nearest" });
  }

  #take(chosen: HTMLElement | undefined): void {
    const field = this.#field;
    if (!field || !chosen) return;
    field.value = `@${chosen.dataset["handle"] ?? ""}`;
    this.#asked += 1;
    this.#close();
  }

  #key = (event: KeyboardEvent): void => {
    if (!this.#options.length || event.isComposing) return;
    if (event.key === "ArrowDown") this.#choose(this.#chosen + 1);
    else if (event.key === "ArrowUp") this.#choose(this.#chosen - 1);
    else if (event.key === "Enter") this.#take(this.#options[this.#chosen]);
    else if (event.key === "Escape") this.#close();
    else return;
    event.preventDefault();
  };

  #pick = (event: MouseEvent): void => {
    const one = (event.target as Element).closest<HTMLElement>("[role=option]");
    if (!one) return;
    event.preventDefault();
    this.#take(one);
  };

  #close = (): void => {
    this.querySelector(".complete")?.remove();
    this.#field?.setAttribute("aria-expanded", "false");
    this.#field?.removeAttribute("aria-controls");
    this.#field?.removeAttribute("aria-activedescendant");
  };
}

customElements.define("person-field", PersonField);
