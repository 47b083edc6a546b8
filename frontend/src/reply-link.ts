// "Reply" under a comment: opens a box directly below it, instead of loading the page whose box at the end says whom one answers.
import { draftOf, forgetDraft } from "./drafts";
import type { ComposeBox } from "./compose-box";

class ReplyLink extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", this.#click);
    queueMicrotask(() => this.#resume());
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.#click);
  }

  get #parent(): string {
    return new URL(this.querySelector("a")?.href ?? location.href).searchParams.get("reply") ?? "";
  }

  #click = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    const box = this.#box();
    const words = box?.querySelector("textarea");
    if (!box || !words) return;
    event.preventDefault();
    const mention = `@${this.querySelector("a")?.dataset["handle"] ?? ""} `;
    // Replies are one level deep: an answer to a reply names the person.
    box.write(this.closest(".comment-reply") && !words.value.includes(mention) ? mention + words.value : undefined);
    box.scrollIntoView({ block: "nearest" });
  };

  // An answer begun before is found where it was begun.
  #resume(): void {
    const action = document.querySelector("#reply form")?.getAttribute("action");
    const isBegun = action && this.isConnected && !this.closest(".comment-reply") && draftOf(`${action}:${this.#parent}`);
    if (isBegun && !document.querySelector("compose-box.reply[data-client]")) this.#box();
  }

  /** The box below this comment; there is one such box at a time, what was begun in another is kept. */
  #box(): ComposeBox | undefined {
    const said = this.closest(".said");
    const whole = document.querySelector<ComposeBox>("#reply");
    if (!said || !whole) return undefined;
    const next = said.nextElementSibling;
    if (next?.matches("compose-box.reply")) return next as ComposeBox;
    for (const other of document.querySelectorAll("compose-box.reply[data-client]")) other.remove();
    const box = whole.cloneNode(true) as ComposeBox;
    this.#prepare(box);
    said.after(box);
    return box;
  }

  // Set before the box is in the page: it looks for a draft as soon as it is.
  #prepare(box: ComposeBox): void {
    box.removeAttribute("id");
    box.dataset["client"] = "";
    box.dataset["turboTemporary"] = "";
    box.setAttribute("open", "");
    for (const rest of box.querySelectorAll(".errors, .rich, .chosen, .emoji-sheet")) rest.remove();
    box.querySelector<HTMLElement>(".compose-kept")!.hidden = box.querySelector<HTMLElement>("image-tray")!.hidden = true;
    const field = (name: string): HTMLInputElement | null => box.querySelector(`[name=${name}]`);
    field("key")!.value = newKey();
    field("parent")!.value = this.#parent;
    const words = box.querySelector("textarea")!;
    words.value = words.defaultValue = "";
    words.placeholder = box.dataset["reply"] ?? "";
    words.setAttribute("aria-label", words.placeholder);
    box.querySelector(".compose-send")!.textContent = box.dataset["send"] ?? "";
    const line = box.querySelector<HTMLElement>(".reply-to")!;
    const whom = document.createElement("b");
    whom.textContent = this.querySelector("a")?.dataset["name"] ?? "";
    line.querySelector("span")!.replaceChildren(`${line.dataset["template"] ?? ""} `, whom);
    line.hidden = false;
  }
}

// Where the page is not sent encrypted, browsers have no randomUUID().
function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

customElements.define("reply-link", ReplyLink);

// Reading the page anew puts what the server knows right behind the comment; the box stays, so the rest goes back behind it.
document.addEventListener("turbo:morph", () => {
  const box = document.querySelector("compose-box.reply[data-client]");
  const said = box?.parentElement?.querySelector(":scope > .said");
  while (box && said && box.previousElementSibling && box.previousElementSibling !== said) box.after(box.previousElementSibling);
});

document.addEventListener("click", (event) => {
  const cancel = (event.target as Element).closest?.(".reply-cancel");
  const box = cancel?.closest<ComposeBox>("compose-box");
  const parent = box?.querySelector<HTMLInputElement>("[name=parent]");
  const line = cancel?.closest<HTMLElement>(".reply-to");
  if (!box || !parent || !line) return;
  event.preventDefault();
  if (box.dataset["client"] === undefined) {
    parent.value = "";
    line.hidden = true;
    return;
  }
  forgetDraft(box.place);
  const link = box.previousElementSibling?.querySelector<HTMLElement>("reply-link a");
  box.remove();
  link?.focus();
});
