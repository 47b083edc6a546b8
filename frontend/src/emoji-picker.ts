// The button that opens all emoji, and the rows that ":smi…" offers; the code and the data come when first asked for.
import { style } from "./loading";
import { language } from "./pages";
import type { WordsField } from "./words-field";

type Code = typeof import("./emoji");

/** The emoji themselves, loaded once; undefined where they cannot be had. */
async function emoji(picker: HTMLElement | null | undefined): Promise<Code | undefined> {
  const { code, data, style: looks } = picker?.dataset ?? {};
  if (!code || !data || !looks) return undefined;
  const [loaded] = await Promise.all([import(code) as Promise<Code>, style(looks)]);
  return (await loaded.load(data)) ? loaded : undefined;
}

/** Rows for what ":text" in `field` may stand for. */
export async function emojiRows(field: Element, text: string): Promise<HTMLElement[]> {
  if (text.length < 2) return [];
  const found = await emoji(field.closest("compose-box")?.querySelector<HTMLElement>("emoji-picker"));
  return found?.search(text, 8).map((one, place) => found.row(one, place, language())) ?? [];
}

class EmojiPicker extends HTMLElement {
  connectedCallback(): void {
    for (const dead of this.querySelectorAll(".emoji-sheet")) dead.remove();
    this.querySelector("button")?.addEventListener("click", this.#toggle);
  }

  #toggle = async (): Promise<void> => {
    const button = this.querySelector("button")!;
    const open = this.querySelector(".emoji-sheet");
    if (open) return open.remove();
    const found = await emoji(this);
    const words = this.closest("compose-box")?.querySelector<WordsField>("words-field");
    if (!found || !words) return;
    const { label = "", search = "", none = "", recent = "", groups = "" } = this.dataset;
    const sheet = found.sheet({ label, search, none, groups: [recent, ...groups.split("|")] }, language(), (chosen) => {
      if (chosen) words.insert(chosen);
      else button.focus();
      button.setAttribute("aria-expanded", "false");
    });
    this.append(sheet);
    button.setAttribute("aria-expanded", "true");
    sheet.querySelector("input")?.focus();
  };
}

customElements.define("emoji-picker", EmojiPicker);
