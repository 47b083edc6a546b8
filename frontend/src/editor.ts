// Writing with the looks that readers will see: an editor over a textarea, which stays the place where the words are.
import { Editor as Tiptap } from "@tiptap/core";
import { DOMSerializer } from "@tiptap/pm/model";
import { completion, type Offers } from "./editor/completion";
import { keeps, parse, written } from "./editor/markdown";
import { fromText, tidied } from "./editor/paste";
import { extensions } from "./editor/schema";

export interface Hooks {
  /** What the list of completions is called. */
  label: string;
  offers: Offers;
  /** Hears the words as Markdown whenever they change. */
  changed(source: string): void;
  /** Hears which marks the chosen words have. */
  marked(names: ReadonlySet<string>): void;
  /** Asks for the address of a link, given the present one; undefined for "leave it", "" for "no link". */
  address(present: string): Promise<string | undefined>;
}

export interface Editor {
  focus(place?: number): void;
  /** Takes over `source`; false when it holds what the editor cannot keep. */
  read(source: string): boolean;
  lock(locked: boolean): void;
  mark(name: string): void;
  insert(words: string): void;
  html(): DocumentFragment;
  destroy(): void;
}

// Stands for the cursor in a text while that is parsed; no keyboard writes it.
const HERE = "\uE000";
const NAMES: Record<string, string> = { bold: "bold", italic: "italic", strike: "strike", link: "link", list: "bulletList", numbers: "orderedList", quote: "blockquote", code: "code" };

/** Puts an editor after the textarea's frame, which the caller then hides; undefined when it cannot keep what stands there. */
export function edit(area: HTMLTextAreaElement, hooks: Hooks): Editor | undefined {
  if (!keeps(area.value)) return undefined;
  const place = document.createElement("div");
  place.className = "rich";
  place.dataset["client"] = "";
  area.closest("words-field")?.append(place);
  const placeholder = area.placeholder;
  const tiptap = new Tiptap({
    element: place,
    extensions: [...extensions, completion(hooks.offers, hooks.label)],
    content: parse(area.value).toJSON() as object,
    injectCSS: false,
    editorProps: {
      attributes: ({ doc }): Record<string, string> => ({
        ...(area.id ? { id: `${area.id}-rich` } : {}),
        class: `prose rich-text ${area.className}`,
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": area.getAttribute("aria-label") ?? area.labels[0]?.textContent ?? "",
        ...(placeholder ? { "aria-placeholder": placeholder, "data-placeholder": placeholder } : {}),
        ...(doc.childCount === 1 && doc.firstChild?.isTextblock && !doc.firstChild.content.size && doc.firstChild.type.name === "paragraph" ? { "data-empty": "" } : {}),
      }),
      transformPastedHTML: tidied,
      clipboardTextParser: (text, context, plain) => fromText(text, context, plain) as never,
    },
    onUpdate: ({ editor }) => hooks.changed(written(editor.state.doc)),
    onTransaction: ({ editor }) => hooks.marked(new Set(Object.keys(NAMES).filter((name) => editor.isActive(NAMES[name]!)))),
  });

  const link = async (): Promise<void> => {
    const present = String(tiptap.getAttributes("link")["href"] ?? "");
    const href = await hooks.address(present);
    if (href === undefined) return void tiptap.commands.focus();
    const chain = tiptap.chain().focus().extendMarkRange("link");
    if (!href) chain.unsetMark("link").run();
    else if (tiptap.state.selection.empty && !present) chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    else chain.setMark("link", { href }).run();
  };

  return {
    focus(from) {
      if (from === undefined || from >= area.value.length) return void tiptap.commands.focus(from === undefined ? null : "end");
      const source = area.value;
      const marked = parse(`${source.slice(0, from)}${HERE}${source.slice(from)}`);
      let found = -1;
      marked.descendants((node, at) => void (node.text?.includes(HERE) && (found = at + node.text.indexOf(HERE))));
      tiptap.commands.focus(found < 0 ? "end" : found);
    },
    read(source) {
      if (source === written(tiptap.state.doc)) return true;
      if (!keeps(source)) return false;
      tiptap.commands.setContent(parse(source).toJSON() as object, { emitUpdate: false });
      return true;
    },
    lock: (locked) => tiptap.setEditable(!locked, false),
    mark(name) {
      // Already asking for the focus takes it.
      const chain = (): ReturnType<typeof tiptap.chain> => tiptap.chain().focus();
      const deeds: Record<string, () => void> = {
        bold: () => chain().toggleBold().run(),
        italic: () => chain().toggleItalic().run(),
        strike: () => chain().toggleStrike().run(),
        list: () => chain().toggleBulletList().run(),
        numbers: () => chain().toggleOrderedList().run(),
        quote: () => chain().toggleBlockquote().run(),
        code: () => void (tiptap.state.selection.$from.sameParent(tiptap.state.selection.$to) && !tiptap.isActive("codeBlock") ? chain().toggleCode().run() : chain().toggleCodeBlock().run()),
        link: () => void link(),
      };
      deeds[name]?.();
    },
    insert: (words) => void tiptap.chain().focus().insertContent(words).run(),
    html: () => DOMSerializer.fromSchema(tiptap.schema).serializeFragment(tiptap.state.doc.content) as DocumentFragment,
    destroy() {
      tiptap.destroy();
      place.remove();
    },
  };
}
