// The place to write: one line until it is used, then with a title, formatting, images and a count of what is left.
import { draftOf, forgetDraft, keepDraft, lastSpace, rememberSpace, type Draft } from "./drafts";
import { takeImages } from "./image-intake";
import type { ImageTray } from "./image-tray";
import { language } from "./pages";
import { showPending } from "./pending";
import type { WordsField } from "./words-field";

// Where the browser does not let a field grow with its words, it is done by hand.
const GROWS = CSS.supports("field-sizing", "content");

interface Sent {
  success?: boolean;
  fetchResponse?: { location: URL; redirected: boolean };
}

export class ComposeBox extends HTMLElement {
  // Where to post, as chosen in this box.
  #chosen: string | undefined;
  // Told whether what is on its way has arrived.
  #settlePending: (isThere: boolean) => void = () => undefined;

  constructor() {
    super();
    takeImages(this, (files) => this.#add(files));
  }

  connectedCallback(): void {
    this.addEventListener("focusin", this.#open);
    this.addEventListener("click", this.#click);
    this.addEventListener("input", this.#changed);
    this.addEventListener("change", this.#choose);
    this.addEventListener("keydown", this.#key);
    this.addEventListener("submit", this.#submit);
    this.addEventListener("turbo:submit-start", this.#sending);
    this.addEventListener("turbo:submit-end", this.#sent);
    document.addEventListener("click", this.#outside);
    // A page read anew brings the place it would choose itself.
    document.addEventListener("turbo:morph", this.#settle);
    // Turbo puts the new address into the history after the new page is in place.
    document.addEventListener("turbo:load", this.#arrive);
    // Who reads stands at the end of the page.
    queueMicrotask(() => {
      this.#restore();
      this.#settle();
      this.#arrive();
    });
  }

  disconnectedCallback(): void {
    document.removeEventListener("turbo:load", this.#arrive);
    document.removeEventListener("turbo:morph", this.#settle);
    document.removeEventListener("click", this.#outside);
  }

  get #form(): HTMLFormElement | null {
    return this.querySelector("form");
  }

  get #text(): HTMLTextAreaElement | null {
    return this.querySelector<HTMLTextAreaElement>("textarea[name=text]");
  }

  get #title(): HTMLInputElement | null {
    return this.querySelector<HTMLInputElement>("[name=title]");
  }

  get #spaces(): HTMLSelectElement | null {
    return this.querySelector<HTMLSelectElement>("select[name=space]");
  }

  get #files(): HTMLInputElement | null {
    return this.querySelector("input[type=file]");
  }

  get #words(): WordsField | null {
    return this.querySelector("words-field");
  }

  get #tray(): ImageTray | null {
    return this.querySelector("image-tray");
  }

  /** Puts the cursor into the words; with `text`, makes that the words before. */
  write(text?: string): void {
    if (text !== undefined && this.#text) {
      this.#text.value = text;
      this.#words?.read();
    }
    this.#words?.focus();
  }

  /** What words written here are for: an address, and there one space, comment or version. */
  get place(): string {
    const fixed = this.querySelectorAll<HTMLInputElement>("input[type=hidden]:is([name=space], [name=parent], [name=edits])");
    return [this.#form?.getAttribute("action") ?? "", ...[...fixed].map((field) => field.value)].join(":");
  }

  get #isEmpty(): boolean {
    return !this.#text?.value && !this.#title?.value && !this.#tray?.count;
  }

  #arrive = (): void => {
    if (this.id && location.hash === `#${this.id}`) this.write();
  };

  #open = (): void => this.setAttribute("open", "");

  #outside = (event: Event): void => {
    const target = event.target as Element;
    if (this.id && this.#text && target.closest(`a[href$="#${this.id}"]`) && !target.closest("reply-link")) {
      event.preventDefault();
      this.write();
      return;
    }
    // A box that was opened below a comment is there until it is used or put away.
    if (this.dataset["client"] !== undefined || !target.isConnected || this.contains(target)) return;
    if (this.#isEmpty && !this.querySelector(".errors")) this.removeAttribute("open");
  };

  #click = (event: Event): void => {
    const name = (event.target as Element).closest<HTMLElement>("[data-mark]")?.dataset["mark"];
    if (name) this.#words?.mark(name);
    if ((event.target as Element).closest("[data-discard]")) this.#discard();
  };

  #changed = (): void => {
    this.#keep();
    this.#fit();
  };

  #keep(): void {
    const [text, title] = [this.#text, this.#title];
    if (!text) return;
    // What stands there from the beginning is no draft.
    const images = this.#tray?.kept ?? [];
    const isChanged = text.value !== text.defaultValue || (title !== null && title.value !== title.defaultValue) || images.length > 0;
    if (isChanged) keepDraft(this.place, { text: text.value, title: title?.value ?? "", space: this.#spaces?.value ?? "", images });
    else forgetDraft(this.place);
  }

  #fit(): void {
    const text = this.#text;
    if (!text) return;
    if (!GROWS) {
      text.style.height = "auto";
      text.style.height = `${text.scrollHeight + 2}px`;
    }
    const left = text.maxLength - text.value.length;
    const output = this.querySelector<HTMLOutputElement>(".compose-left");
    // Said only when it begins to matter.
    if (output) output.value = left < 500 ? new Intl.NumberFormat(language()).format(left) : "";
    output?.toggleAttribute("data-over", left < 50);
  }

  #choose = (event: Event): void => {
    if (event.target === this.#files && this.#files) {
      this.#add([...(this.#files.files ?? [])]);
      // They travel ahead, not with the form.
      this.#files.value = "";
    }
    if (event.target !== this.#spaces) return;
    this.#chosen = this.#spaces?.value;
    this.#keep();
  };

  #add(files: Iterable<File>): void {
    const images = [...files].filter((file) => file.type.startsWith("image/"));
    if (!images.length) return;
    this.#open();
    this.#tray?.add(images);
  }

  // Words wait for their images.
  #submit = (event: SubmitEvent): void => {
    const tray = this.#tray;
    if (!tray || tray.isReady) return;
    event.preventDefault();
    const form = this.#form;
    form?.setAttribute("aria-busy", "true");
    void tray.ready().then((isReady) => {
      form?.removeAttribute("aria-busy");
      if (isReady && this.isConnected) form?.requestSubmit(event.submitter);
    });
  };

  #key = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    // Once is enough, also for the impatient.
    if (!this.#form?.hasAttribute("aria-busy")) this.#form?.requestSubmit(this.querySelector<HTMLButtonElement>(".compose-send"));
  };

  // Words added while the others travel would be lost with the answer.
  #sending = (): void => {
    // What is for later does not stand in the stream yet.
    const isForLater = [...this.querySelectorAll<HTMLInputElement>(".compose-later input")].some((field) => field.value);
    this.#settlePending = this.hasAttribute("whole") || isForLater ? () => undefined : showPending(this);
    this.#lock(true);
  };

  #lock(locked: boolean): void {
    this.#words?.lock(locked);
    if (this.#title) this.#title.readOnly = locked;
  }

  #sent = (event: Event): void => {
    const { success, fetchResponse } = (event as CustomEvent<Sent>).detail;
    this.#lock(false);
    this.#settlePending(success === true && !fetchResponse?.location.pathname.startsWith("/accounts/"));
    // A session that has ended answers with the way to sign in: nothing was sent.
    if (!success || fetchResponse?.location.pathname.startsWith("/accounts/")) return;
    this.arrived();
  };

  /** Makes the box ready for the next words, since those in it are where they belong. */
  arrived(): void {
    forgetDraft(this.place);
    if (this.#spaces) rememberSpace(this.#spaces.value);
    if (this.dataset["client"] !== undefined) return this.remove();
    // The words of an entry stay in view until its page comes.
    if (this.hasAttribute("whole")) return;
    this.#empty();
    const parent = this.querySelector<HTMLInputElement>("[name=parent]");
    if (parent) parent.value = "";
    for (const line of this.querySelectorAll<HTMLElement>(".reply-to")) line.hidden = true;
    this.#chosen = undefined;
    this.#settle();
    this.#fit();
    this.removeAttribute("open");
  }

  #empty(): void {
    this.#form?.reset();
    if (this.#text) this.#text.value = this.#text.defaultValue = "";
    if (this.#title) this.#title.value = this.#title.defaultValue = "";
    this.#tray?.clear();
    this.#words?.read();
    this.#tell(undefined);
  }

  #discard(): void {
    const [text, title] = [this.#text, this.#title];
    if (text) text.value = text.defaultValue;
    if (title) title.value = title.defaultValue;
    this.#tray?.clear();
    this.#words?.read();
    forgetDraft(this.place);
    this.#tell(undefined);
    this.#fit();
    this.write();
  }

  /** Says that what stands here is from before, and how old it is. */
  #tell(draft: Draft | undefined): void {
    const line = this.querySelector<HTMLElement>(".compose-kept");
    if (!line) return;
    line.hidden = !draft;
    line.querySelector("relative-time")?.setAttribute("datetime", new Date(draft?.at ?? 0).toISOString());
  }

  /** Chooses where to post: what was chosen here, else where the reader posted last. */
  #settle = (): void => {
    const spaces = this.#spaces;
    if (!spaces || this.querySelector(".errors:not([data-client])")) return;
    const [asked] = [...spaces.options].filter((option) => option.defaultSelected);
    const wanted = this.#chosen ?? (asked && asked.value !== "0" ? asked.value : lastSpace());
    if (wanted && [...spaces.options].some((option) => option.value === wanted)) spaces.value = wanted;
  };

  #restore(): void {
    const [text, title, kept] = [this.#text, this.#title, draftOf(this.place)];
    // What was brought from elsewhere stands behind what one had begun.
    const brought = this.hasAttribute("brought") && text ? text.defaultValue : "";
    if (!kept || !text || text.value !== text.defaultValue || this.querySelector(".errors")) return this.#fit();
    text.value = brought && !kept.text.includes(brought) ? `${kept.text}\n\n${brought}`.trim() : kept.text;
    if (title) title.value = kept.title || title.value;
    if (kept.space) this.#chosen = kept.space;
    this.#tray?.restore(kept.images);
    this.#tell(kept);
    this.#words?.read();
    this.#open();
    this.#fit();
  }
}

customElements.define("compose-box", ComposeBox);
