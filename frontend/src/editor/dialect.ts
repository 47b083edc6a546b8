// The dialect of Markdown that the server renders, for the editor: the same parser family with the same rules, so that
// both understand the same text in the same way. What is said there about each rule (hallway/core/text/markdown.py) holds here.
import MarkdownIt from "markdown-it";
import type StateBlock from "markdown-it/lib/rules_block/state_block.mjs";
import type StateInline from "markdown-it/lib/rules_inline/state_inline.mjs";
import type Token from "markdown-it/lib/token.mjs";

const MOST_NESTED = 16;
const ADDRESS = /[^\s<>"`[\]|\\^{}]+/y;
const SAFE = /^(?:https?:\/\/[^/\\\s]|mailto:[^/\\\s]|\/(?!\/|\\|%5c|%0|%0a|%0d))/i;
const LETTER = /[\p{L}\p{N}_]/u;
// People, tags and addresses in running text, as hallway/core/text/references.py finds them.
const REFERENCE =
  /(?<![\p{L}\p{N}_/@#&.+-])(?:@[a-z0-9][a-z0-9.-]*(?![\p{L}\p{N}_@])|#[\p{L}\p{N}\p{M}_-]+(?![\p{L}\p{N}\p{M}_#@-])|www\.(?=[\p{L}\p{N}])\S*|[a-z0-9][a-z0-9._+-]*@[a-z0-9-]+(?:\.[a-z0-9-]+)+)/giu;

/** The parser. Raw HTML does not exist in it; pictures and tables do, and are what the editor cannot keep. */
export const dialect = made();

function made(): MarkdownIt {
  const md = new MarkdownIt("commonmark", { html: false, breaks: true });
  Object.assign(md.options, { maxNesting: MOST_NESTED });
  md.enable(["table", "strikethrough", "linkify"]).disable(["html_block", "html_inline", "text_join"]);
  md.inline.ruler.at("linkify", bareAddress);
  md.block.ruler.at("blockquote", markedQuotation(ruleOf(md, "blockquote")), { alt: ["paragraph", "reference", "blockquote", "list"] });
  md.validateLink = (address) => address.length <= 2_000 && SAFE.test(address);
  return md;
}

// An address in running text is a token of its own: nothing inside it is a mark, and the editor keeps it as the words it is.
function bareAddress(state: StateInline, silent: boolean): boolean {
  const colon = state.pos;
  if ((state as StateInline & { linkLevel: number }).linkLevel > 0 || !state.src.startsWith("://", colon)) return false;
  const scheme = /https?$/i.exec(state.src.slice(Math.max(0, colon - 5), colon))?.[0];
  if (!scheme) return false;
  const start = colon - scheme.length;
  if (start && LETTER.test(state.src[start - 1] ?? "")) return false;
  if (!silent && !state.pending.endsWith(scheme)) return false;
  const written = addressAt(state.src.slice(0, state.posMax), start);
  if (written.length <= scheme.length + 3 || !state.md.validateLink(written)) return false;
  if (!silent) {
    state.pending = state.pending.slice(0, -scheme.length);
    state.push("bare_address", "", 0).content = written;
  }
  state.pos = start + written.length;
  return true;
}

/** The address that begins at `start`, without the punctuation of the sentence around it. */
function addressAt(text: string, start: number): string {
  ADDRESS.lastIndex = start;
  let address = ADDRESS.exec(text)?.[0] ?? "";
  let surplus = address.split(")").length - address.split("(").length;
  for (;;) {
    const last = address.at(-1) ?? " ";
    if (last === ")" && surplus > 0) surplus -= 1;
    else if (!address || !".,;:!?'*_~…“”’»".includes(last)) return address;
    address = address.slice(0, -1);
  }
}

type BlockRule = (state: StateBlock, first: number, end: number, silent: boolean) => boolean;

// The library names its rules, but gives them to nobody by name.
function ruleOf(md: MarkdownIt, name: string): BlockRule {
  const rules = (md.block.ruler as unknown as { __rules__: { name: string; fn: BlockRule }[] }).__rules__;
  return rules.find((rule) => rule.name === name)!.fn;
}

// A quotation ends with the last line that has its ">".
function markedQuotation(blockquote: BlockRule): BlockRule {
  return (state, first, end, silent) => {
    if (silent) return blockquote(state, first, end, true);
    let line = first;
    while (line < end && state.sCount[line]! >= state.blkIndent) {
      const sign = state.bMarks[line]! + state.tShift[line]!;
      if (sign >= state.eMarks[line]! || state.src[sign] !== ">") break;
      line += 1;
    }
    if (line === first) return false;
    const before = state.lineMax;
    state.lineMax = line;
    const quoted = blockquote(state, first, line, false);
    state.lineMax = before;
    return quoted;
  };
}

/** What readers will see of `source`, as a text to compare: two sources with the same meaning look the same. */
export function meaning(source: string): string {
  return dialect.parse(source, {}).map(ofBlock).join("\n");
}

function ofBlock(token: Token): string {
  if (token.type === "inline") return ofInline(token.children ?? []);
  if (token.type === "fence" || token.type === "code_block") return `code ${token.info.trim()} ${token.content.replace(/\n$/, "")}`;
  const start = token.type === "ordered_list_open" ? (token.attrGet("start") ?? "1") : "";
  return `${token.type} ${token.tag} ${start} ${token.hidden ? "tight" : ""}`;
}

function ofInline(children: Token[]): string {
  let [words, run, links] = ["", "", 0];
  const references: string[] = [];
  const settle = (): void => {
    if (!links) references.push(...(run.match(REFERENCE) ?? []));
    run = "";
  };
  for (const token of children) {
    if (token.type === "text") {
      run += token.content;
      words += token.content;
      continue;
    }
    settle();
    if (token.type === "link_open") links += 1;
    if (token.type === "link_close") links -= 1;
    if (token.type === "softbreak" || token.type === "hardbreak") words += "\n";
    // A sign written with a backslash is that sign, but begins no reference and ends one.
    else if (token.type === "text_special") words += token.content;
    else words += `⟨${token.type} ${token.content} ${token.attrGet("href") ?? ""} ${token.attrGet("title") ?? ""}⟩`;
  }
  settle();
  return `${words}\n⟨${references.join(" ")}⟩`;
}
