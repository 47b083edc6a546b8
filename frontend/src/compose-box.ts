// The place to write: one line until it is used, then with a title, formatting, images and a count of what is left.
import { showImages } from "./chosen-images";
import { mark } from "./markdown";
import { me } from "./mine-block";
import { language } from "./pages";

class ComposeBox extends HTMLElement {
  connectedCallback(): void {
    for (const tools of this.querySelectorAll<HTMLElement>(".compose-tools")) tools.hidden = false;
    this.addEventListener("focusin", this.#open);
    this.addEventListener("click", this.#click);
    this.addEventListener("input", this.#changed);
    this.addEventListener("change", this.#chosen);
    this.addEventListener("keydown", this.#key);
    this.addEventListener("paste", this.#paste);
    this.addEventListener("turbo:submit-end", this.#sent);
    document.addEventListener("click", this.#outside);
    this.#restore();
    // Turbo puts the new address into the history after the new page is in place.
    document.addEventListener("turbo:load", this.#arrive);
    this.#arrive();
  }

  disconnectedCallback(): void {
    document.removeEventListener("turbo:load", this.#arrive);
    document.removeEventListener("click", this.#outside);
  }

  get #form(): HTMLFormElement | null {
    return this.querySelector("form");
  }

  get #text(): HTMLTextAreaElement | null {
    return this.querySelector("textarea");
  }

  get #files(): HTMLInputElement | null {
    return this.querySelector("input[type=file]");
  }

  // Words survive going to another page and back, in this tab only.
  get #draft(): string {
    return `draft:${me()}:${this.#form?.getAttribute("action") ?? ""}:${this.getAttribute("space") ?? ""}`;
  }

  get #isEmpty(): boolean {
    const title = this.querySelector<HTMLInputElement>("[name=title]")?.value;
    return !this.#text?.value && !title && !this.#files?.files?.length;
  }

  #arrive = (): void => {
    if (location.hash === `#${this.id}`) this.#text?.focus();
  };

  #open = (): void => this.setAttribute("open", "");

  #outside = (event: Event): void => {
    const target = event.target as Element;
    if (this.#text && target.closest(`a[href$="#${this.id}"]`) && !target.closest("reply-link")) {
      event.preventDefault();
      this.#text.focus();
      return;
    }
    if (target.isConnected && !this.contains(target) && this.#isEmpty && !this.querySelector(".errors")) this.removeAttribute("open");
  };

  #click = (event: Event): void => {
    const name = (event.target as Element).closest<HTMLElement>("[data-mark]")?.dataset["mark"];
    if (name && this.#text) mark(this.#text, name);
  };

  #changed = (): void => {
    const text = this.#text;
    if (!text) return;
    if (text.value) sessionStorage.setItem(this.#draft, text.value);
    else sessionStorage.removeItem(this.#draft);
    const left = text.maxLength - text.value.length;
    const output = this.querySelector<HTMLOutputElement>(".compose-left");
    // Said only when it begins to matter.
    if (output) output.value = left < 500 ? new Intl.NumberFormat(language()).format(left) : "";
    output?.toggleAttribute("data-over", left < 50);
  };

  #chosen = (event: Event): void => {
    if (event.target === this.#files) this.#show([...(this.#files?.files ?? [])]);
  };

  #show(files: File[]): void {
    const input = this.#files;
    const list = this.querySelector<HTMLElement>(".compose-images");
    if (!input || !list) return;
    const chosen = new DataTransfer();
    for (const file of files) chosen.items.add(file);
    input.files = chosen.files;
    this.#open();
    showImages(list, files, (left) => this.#show(left));
  }

  #paste = (event: ClipboardEvent): void => {
    const images = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith("image/"));
    if (!images.length || !this.#files) return;
    event.preventDefault();
    this.#show([...(this.#files.files ?? []), ...images]);
  };

  #key = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.#form?.requestSubmit();
    }
  };

  #sent = (event: Event): void => {
    const { success } = (event as CustomEvent<{ success: boolean }>).detail;
    if (!success) return;
    sessionStorage.removeItem(this.#draft);
    this.#form?.reset();
    if (this.#text) this.#text.value = this.#text.defaultValue = "";
    if (this.#files) this.#show([]);
    const parent = this.querySelector<HTMLInputElement>("[name=parent]");
    if (parent) parent.value = "";
    for (const line of this.querySelectorAll<HTMLElement>(".reply-to")) line.hidden = true;
    this.removeAttribute("open");
  };

  #restore(): void {
    const kept = sessionStorage.getItem(this.#draft);
    if (!kept || !this.#text || this.#text.value) return;
    this.#text.value = kept;
    this.#open();
  }
}

customElements.define("compose-box", ComposeBox);
