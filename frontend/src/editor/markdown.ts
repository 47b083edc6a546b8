// Between the editor's document and Markdown, in both directions, without loss.
//
// A block is written without backslashes first; only if it would be read as something else, signs that mean something
// are escaped. So "2 * 3" and "snake_case" stay as they were typed.
import { getSchema } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { MarkdownParser, MarkdownSerializer, type MarkdownSerializerState } from "prosemirror-markdown";
import { dialect, meaning } from "./dialect";
import { extensions } from "./schema";

type Writer = (state: MarkdownSerializerState, node: Node, parent: Node, place: number) => void;

export const schema = getSchema(extensions);

const isTight = (tokens: readonly { type: string; hidden: boolean }[], place: number): boolean =>
  tokens.slice(place + 1).find(({ type }) => type === "paragraph_open")?.hidden ?? true;

const parser = new MarkdownParser(schema, dialect, {
  blockquote: { block: "blockquote" },
  paragraph: { block: "paragraph" },
  list_item: { block: "listItem" },
  bullet_list: { block: "bulletList", getAttrs: (_, tokens, place) => ({ tight: isTight(tokens, place) }) },
  ordered_list: { block: "orderedList", getAttrs: (token, tokens, place) => ({ start: Number(token.attrGet("start") ?? 1), tight: isTight(tokens, place) }) },
  heading: { block: "heading", getAttrs: (token) => ({ level: Number(token.tag.slice(1)) }) },
  code_block: { block: "codeBlock", noCloseToken: true },
  fence: { block: "codeBlock", getAttrs: (token) => ({ language: token.info.trim() || null }), noCloseToken: true },
  hr: { node: "horizontalRule" },
  softbreak: { node: "hardBreak" },
  hardbreak: { node: "hardBreak" },
  em: { mark: "italic" },
  strong: { mark: "bold" },
  s: { mark: "strike" },
  link: { mark: "link", getAttrs: (token) => ({ href: token.attrGet("href"), title: token.attrGet("title") }) },
  code_inline: { mark: "code", noCloseToken: true },
});
const asWords = (state: { addText(words: string): void }, token: { content: string }): void => state.addText(token.content);
Object.assign((parser as unknown as { tokenHandlers: object }).tokenHandlers, { bare_address: asWords, text_special: asWords });

/** The document that `source` says. Throws when it holds what the editor does not know. */
export function parse(source: string): Node {
  return parser.parse(source);
}

/** As `parse`, or undefined where that throws because of what the editor does not know. */
function read(source: string): Node | undefined {
  try {
    return parse(source);
  } catch (error) {
    if (error instanceof Error && error.message.includes("not supported")) return undefined;
    throw error;
  }
}

/** Whether the editor can take `source` and give it back with nothing changed that a reader or the writer would miss. */
export function keeps(source: string): boolean {
  const doc = read(source);
  return doc !== undefined && meaning(written(doc)) === meaning(source);
}

/** `doc` as Markdown. */
export function written(doc: Node): string {
  return blocks.serialize(doc);
}

// Characters that may begin or end a mark anywhere, and those that do at the beginning of a line.
const ANYWHERE = /[\\`*_~[\]<]|&(?=#?\w+;)/g;
const AT_START = /^(\s*)(?:([-+=>:|])|(#{1,6})(?=\s|$)|(\d{1,9})([.)])(?=\s|$))/;
const ADDRESSES = /(https?:\/\/[^\s<>"`[\]|\\^{}]+)/;

function escaped(words: string, isAtStart: boolean): string {
  const safe = words
    .split(ADDRESSES)
    .map((part, place) => (place % 2 ? part : part.replace(ANYWHERE, "\\$&")))
    .join("");
  if (!isAtStart) return safe;
  return safe.replace(AT_START, (_, space: string, sign?: string, head?: string, number?: string, dot?: string) =>
    number ? `${space}${number}\\${dot}` : `${space}\\${sign ?? head}`,
  );
}

const isAtStart = (parent: Node, place: number): boolean => place === 0 || parent.child(place - 1).type.name === "hardBreak";

const marks = {
  link: {
    open: "[",
    close: (_: unknown, mark: { attrs: Record<string, unknown> }): string => {
      const { href, title } = mark.attrs;
      const address = String(href).replace(/[()\\]/g, "\\$&").replace(/\s/g, encodeURIComponent);
      return `](${address}${title ? ` "${String(title).replace(/["\\]/g, "\\$&")}"` : ""})`;
    },
    mixable: false,
  },
  bold: { open: "**", close: "**", mixable: true, expelEnclosingWhitespace: true },
  italic: { open: "*", close: "*", mixable: true, expelEnclosingWhitespace: true },
  strike: { open: "~~", close: "~~", mixable: true, expelEnclosingWhitespace: true },
  code: {
    open: (_: unknown, __: unknown, parent: Node, place: number): string => ticks(parent.child(place).text ?? "")[0],
    close: (_: unknown, __: unknown, parent: Node, place: number): string => ticks(parent.child(place - 1).text ?? "")[1],
    escape: false,
  },
};

function ticks(code: string): [string, string] {
  const longest = Math.max(0, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const room = longest || (/^ .*[^ ].* $/.test(code)) ? " " : "";
  return [fence + room, room + fence];
}

function lines(isPlain: boolean): MarkdownSerializer {
  const write = (text: Writer, brk: string): Record<string, Writer> => ({
    paragraph: (state, node) => state.renderInline(node),
    text,
    hardBreak: (state, node, parent, place) => {
      const isLast = place === parent.childCount - 1;
      if (!isLast || node.marks.length) state.write(brk);
    },
  });
  const plain = write((state, node) => state.text(node.text ?? "", false), "\n");
  const safe = write((state, node, parent, place) => state.text(escaped(node.text ?? "", isAtStart(parent, place)), false), "\\\n");
  return new MarkdownSerializer(isPlain ? plain : safe, marks, { hardBreakNodeName: "hardBreak" });
}

const asTyped = lines(true);
const safely = lines(false);
const known = new WeakMap<Node, string>();

/** The words of a block as lines of Markdown. Blocks do not change, so each is thought about once. */
function inline(block: Node): string {
  const before = known.get(block);
  if (before !== undefined) return before;
  // The editor's document has a schema of its own, made from the same extensions.
  const own = block.type.schema;
  const paragraph = own.node("paragraph", null, block.content);
  const bare = own.node("paragraph", null, block.textContent ? own.text(block.textBetween(0, block.content.size, "", "\n")) : undefined);
  const tries = [asTyped, safely].map((lines) => lines.serialize(own.node("doc", null, paragraph)).trim());
  // Emphasis that Markdown cannot say, such as within a word and its punctuation, is given up before words change.
  const found = tries.find((said) => looks(said) === looksOf(paragraph)) ?? safely.serialize(own.node("doc", null, bare)).trim();
  known.set(block, found);
  return found;
}

function looks(source: string): string | undefined {
  const doc = read(source);
  if (!doc) return undefined;
  if (doc.childCount > 1 || (doc.firstChild && doc.firstChild.type.name !== "paragraph")) return undefined;
  return doc.firstChild ? looksOf(doc.firstChild) : "";
}

// Each visible sign with its marks; white space has no looks.
function looksOf(paragraph: Node): string {
  let seen = "";
  paragraph.forEach((node) => {
    if (!node.isText) return void (seen += "\n");
    const style = node.marks.map((mark) => `${mark.type.name}${mark.attrs["href"] ?? ""}${mark.attrs["title"] ?? ""}`).join();
    const isCode = node.marks.some((mark) => mark.type.name === "code");
    for (const sign of node.text ?? "") seen += /\s/.test(sign) && !isCode ? " " : `${sign}‹${style}›`;
  });
  return seen.replace(/ +/g, " ").replace(/ ?\n ?/g, "\n").trim();
}

const TYPES = { bulletList: ["-", "*"], orderedList: [".", ")"] } as const;

/** One of two signs, the other one for each next list of a kind, which would otherwise be one list. */
function sign(kind: keyof typeof TYPES, parent: Node, place: number): string {
  let before = place;
  while (before > 0 && parent.child(before - 1).type.name === kind) before -= 1;
  return TYPES[kind][((place - before) % 2) as 0 | 1];
}

const blocks = new MarkdownSerializer(
  {
    paragraph: (state, node, parent) => {
      const words = inline(node);
      // An empty line says nothing in Markdown, except where a list or quotation needs its sign.
      if (!words && parent.childCount > 1) return;
      state.text(words, false);
      state.closeBlock(node);
    },
    heading: (state, node) => {
      const words = inline(node).replace(/\\?\n/g, " ");
      state.write(`${"#".repeat(node.attrs["level"] as number)} ${words.replace(/(^|\s)(#+)$/, "$1\\$2")}`);
      state.closeBlock(node);
    },
    blockquote: (state, node) => state.wrapBlock("> ", null, node, () => state.renderContent(node)),
    codeBlock: (state, node) => {
      const longest = Math.max(2, ...[...node.textContent.matchAll(/`+/g)].map(([run]) => run.length));
      const fence = "`".repeat(longest + 1);
      state.write(`${fence}${(node.attrs["language"] as string | null) ?? ""}\n`);
      state.text(node.textContent, false);
      if (node.textContent) state.write("\n");
      state.write(fence);
      state.closeBlock(node);
    },
    bulletList: (state, node, parent, place) => state.renderList(node, "  ", () => `${sign("bulletList", parent, place)} `),
    orderedList: (state, node, parent, place) => {
      const first = node.attrs["start"] as number;
      // In the middle of an item only a list that begins with 1 may follow words without an empty line.
      if (first !== 1 && place > 0 && parent.type.name === "listItem") state.write();
      const width = String(first + node.childCount - 1).length + 2;
      state.renderList(node, " ".repeat(width), (item) => `${first + item}${sign("orderedList", parent, place)}`.padEnd(width));
    },
    listItem: (state, node) => state.renderContent(node),
    horizontalRule: (state, node) => {
      state.write("---");
      state.closeBlock(node);
    },
  },
  marks,
  { hardBreakNodeName: "hardBreak" },
);
