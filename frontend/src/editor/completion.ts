// Completing "@am…" and ":smi…" in the editor: a list below the cursor, used with the arrows, Enter and Tab.
import { Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";

/** Answers with rows to choose from; each says in data-value what it writes. */
export type Offers = (sign: string, text: string) => Promise<HTMLElement[]>;

const BEGUN = /(?:^|[\s(])([@:])([\p{L}\p{N}._+-]*)$/u;

class Completion {
  #list: HTMLUListElement | undefined;
  #asked = 0;
  #from = 0;
  #closedAt = "";

  constructor(
    readonly view: EditorView,
    readonly offers: Offers,
    readonly label: string,
  ) {}

  update(): void {
    const { $from, empty } = this.view.state.selection;
    const before = empty && !$from.parent.type.spec.code ? $from.parent.textBetween(0, $from.parentOffset, "\n", " ") : "";
    const [, sign, text = ""] = BEGUN.exec(before) ?? [];
    if (!sign || `${sign}${text}` === this.#closedAt || (sign === ":" && text.length < 2)) return this.close();
    this.#from = $from.pos - text.length - 1;
    this.#closedAt = "";
    void this.#ask(sign, text);
  }

  async #ask(sign: string, text: string): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    const rows = await this.offers(sign, text);
    // An answer that comes late must not replace that to what was typed since.
    if (asked !== this.#asked || this.view.isDestroyed) return;
    if (rows.length) this.#show(rows);
    else this.#hide();
  }

  key(event: KeyboardEvent): boolean {
    const list = this.#list;
    if (!list || event.isComposing) return false;
    const rows = [...list.children];
    const place = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") this.#select(rows[(place + (event.key === "ArrowDown" ? 1 : rows.length - 1)) % rows.length]);
    else if ((event.key === "Enter" && !event.ctrlKey && !event.metaKey) || event.key === "Tab") this.#choose(rows[place]);
    else if (event.key === "Escape") {
      const { $from } = this.view.state.selection;
      this.#closedAt = this.view.state.doc.textBetween(this.#from, $from.pos);
      this.#hide();
    } else return false;
    event.stopPropagation();
    return true;
  }

  close(): void {
    this.#asked += 1;
    this.#closedAt = "";
    this.#hide();
  }

  #show(rows: HTMLElement[]): void {
    this.#hide();
    const list = document.createElement("ul");
    list.className = "complete";
    list.id = "completion";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", this.label);
    list.append(...rows);
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => this.#choose((event.target as Element).closest("li") ?? undefined));
    this.#list = list;
    const { parentElement: place } = this.view.dom;
    place?.append(list);
    const [at, box] = [this.view.coordsAtPos(this.#from), place!.getBoundingClientRect()];
    list.style.insetBlockStart = `${at.bottom - box.top + 4}px`;
    list.style.insetInlineStart = `${Math.max(0, Math.min(at.left - box.left, box.width - list.offsetWidth))}px`;
    this.view.dom.setAttribute("aria-controls", list.id);
    this.#select(rows[0]);
  }

  #select(row: Element | undefined): void {
    for (const other of this.#list?.children ?? []) other.setAttribute("aria-selected", String(other === row));
    if (row) this.view.dom.setAttribute("aria-activedescendant", row.id);
    row?.scrollIntoView({ block: "nearest" });
  }

  #choose(row: Element | undefined): void {
    const words = row instanceof HTMLElement ? row.dataset["value"] : undefined;
    const { state } = this.view;
    this.#hide();
    if (words === undefined) return;
    this.view.dispatch(state.tr.insertText(`${words} `, this.#from, state.selection.from).scrollIntoView());
    this.view.focus();
  }

  #hide(): void {
    this.#list?.remove();
    this.#list = undefined;
    this.view.dom.removeAttribute("aria-activedescendant");
    this.view.dom.removeAttribute("aria-controls");
  }
}

/** The extension that asks `offers` for what was begun; its list is called `label`. */
export function completion(offers: Offers, label: string): Extension {
  return Extension.create({
    name: "completion",
    priority: 2_000,
    addProseMirrorPlugins() {
      let live: Completion | undefined;
      return [
        new Plugin({
          view: (view) => {
            live = new Completion(view, offers, label);
            return { update: (_, before) => before.doc !== view.state.doc || !before.selection.eq(view.state.selection) ? live?.update() : undefined, destroy: () => live?.close() };
          },
          props: {
            handleKeyDown: (_, event) => live?.key(event) ?? false,
            handleDOMEvents: { blur: () => void live?.close() },
          },
        }),
      ];
    },
  });
}
