// What the editor knows: the same kinds of blocks and marks as the dialect, and the keys people expect.
import { Extension, Mark, type Extensions } from "@tiptap/core";
import { Blockquote } from "@tiptap/extension-blockquote";
import { Bold } from "@tiptap/extension-bold";
import { Code } from "@tiptap/extension-code";
import { CodeBlock } from "@tiptap/extension-code-block";
import { Document } from "@tiptap/extension-document";
import { HardBreak } from "@tiptap/extension-hard-break";
import { Heading } from "@tiptap/extension-heading";
import { HorizontalRule } from "@tiptap/extension-horizontal-rule";
import { Italic } from "@tiptap/extension-italic";
import { BulletList, ListItem, OrderedList } from "@tiptap/extension-list";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Strike } from "@tiptap/extension-strike";
import { Text } from "@tiptap/extension-text";
import { Gapcursor, UndoRedo } from "@tiptap/extensions";

const tight = { tight: { default: true, rendered: false } };

const Link = Mark.create({
  name: "link",
  // What is typed behind a link is not part of it.
  inclusive: false,
  addAttributes: () => ({ href: { default: "" }, title: { default: null } }),
  parseHTML: () => [{ tag: "a[href]", getAttrs: (link) => /^(?:https?:|mailto:)/i.test(link.getAttribute("href") ?? "") && null }],
  renderHTML: ({ HTMLAttributes }) => ["a", { ...HTMLAttributes, rel: "nofollow noopener noreferrer" }, 0],
});

const Keys = Extension.create({
  name: "keys",
  priority: 1_000,
  addKeyboardShortcuts() {
    return {
      // Sends, which is the box's business.
      "Mod-Enter": () => true,
      "Shift-Enter": () => this.editor.commands.setHardBreak(),
      // Tab leads out of the editor, as out of every field.
      "Mod-]": () => this.editor.commands.sinkListItem("listItem"),
      "Mod-[": () => this.editor.commands.liftListItem("listItem"),
    };
  },
});

/** All of it, in the order in which marks are nested: a link around emphasis, code innermost. */
export const extensions: Extensions = [
  Document,
  Paragraph,
  Text,
  Link,
  Bold,
  Italic,
  Strike,
  Code.extend({ excludes: "" }),
  Heading,
  Blockquote,
  BulletList.extend({ addAttributes: () => tight }),
  OrderedList.extend({
    addAttributes() {
      return { ...this.parent?.(), ...tight };
    },
  }),
  ListItem.extend({
    addKeyboardShortcuts() {
      return { Enter: () => this.editor.commands.splitListItem(this.name) };
    },
  }),
  CodeBlock,
  HorizontalRule,
  HardBreak.extend({ addKeyboardShortcuts: () => ({}) }),
  Gapcursor,
  UndoRedo,
  Keys,
];
