// The editor's own translation between Markdown and its document, run by Node.js without a browser.
// Reads JSON lines: {source} is answered with {keeps, back}, {seed, count} with {lost}: random documents that came back different.
import { createInterface } from "node:readline";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "../../frontend/node_modules/esbuild/lib/main.js";

const here = dirname(fileURLToPath(import.meta.url));
const folder = await mkdtemp(join(tmpdir(), "editor-"));
const outfile = join(folder, "markdown.mjs");
const entry = join(here, "..", "..", "frontend", "src", "editor", "markdown.ts");
await build({ entryPoints: [entry], outfile, bundle: true, format: "esm", platform: "node", logLevel: "error" });
const { keeps, parse, schema, written } = await import(pathToFileURL(outfile));
await rm(folder, { recursive: true });

const WORDS = ["plain", "2 * 3", "snake_case", "#tag", "@ben", "a*b", "**", "1. one", "- dash", "# head", "> said", "https://x.example/a_b*c", "`tick`", "\\", "[x]", "(y)", "|", "~~", "<b>", "&amp;", "größe_ä", "😀", ":", "---", "==="];

/** Random numbers that are the same for the same seed (mulberry32). */
function dice(seed) {
  let state = seed >>> 0;
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

function line(roll) {
  const parts = [];
  for (let count = 1 + roll(4); count > 0; count--) {
    const marks = roll(3) ? [] : [schema.mark(["bold", "italic", "strike", "code"][roll(4)])];
    parts.push(schema.text(WORDS[roll(WORDS.length)], marks), schema.text(" "));
    if (!roll(6)) parts.push(schema.node("hardBreak"));
  }
  return [...parts, schema.text("end")];
}

function block(roll, depth) {
  const kind = roll(depth > 1 ? 4 : 8);
  const inside = () => Array.from({ length: 1 + roll(2) }, () => block(roll, depth + 1));
  if (kind === 3) return schema.node("codeBlock", { language: roll(2) ? "python" : null }, schema.text(`a = "${WORDS[roll(WORDS.length)]}"\n\n  b`));
  if (kind === 4) return schema.node("blockquote", null, inside());
  if (kind === 5 || kind === 6) {
    const item = () => schema.node("listItem", null, [schema.node("paragraph", null, line(roll)), ...(roll(3) ? [] : [block(roll, depth + 1)])]);
    const items = Array.from({ length: 1 + roll(3) }, item);
    return kind === 5 ? schema.node("bulletList", { tight: true }, items) : schema.node("orderedList", { start: 1 + roll(12), tight: true }, items);
  }
  if (kind === 7) return schema.node("heading", { level: 1 + roll(4) }, line(roll).filter((node) => node.isText));
  return schema.node("paragraph", null, line(roll));
}

const words = (doc) => doc.textBetween(0, doc.content.size, "¶", "↵").replace(/\s+/g, " ").replace(/ ?↵ ?/g, "↵").replace(/ ¶|¶ /g, "¶");
const shape = (doc) => {
  const kinds = [];
  doc.descendants((node) => void (node.isText || kinds.push(node.type.name)));
  return kinds.join(" ");
};

for await (const asked of createInterface({ input: process.stdin })) {
  const { source, seed, count } = JSON.parse(asked);
  if (source !== undefined) {
    const kept = keeps(source);
    console.log(JSON.stringify({ keeps: kept, back: kept ? written(parse(source)) : "" }));
    continue;
  }
  const lost = [];
  const roll = dice(seed);
  for (let number = 0; number < count; number++) {
    const doc = schema.node("doc", null, Array.from({ length: 1 + roll(4) }, () => block(roll, 0)));
    const source = written(doc);
    const back = parse(source);
    if (words(back) !== words(doc) || shape(back) !== shape(doc)) lost.push({ source, doc: `${words(doc)} ${shape(doc)}`, back: `${words(back)} ${shape(back)}` });
    else if (!keeps(source)) lost.push({ source, doc: "not kept", back: written(back) });
  }
  console.log(JSON.stringify({ lost: lost.slice(0, 3), count: lost.length }));
}
