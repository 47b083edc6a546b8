// Bundles the styles and elements, copies the fonts and drawings, and makes the icon sprite: node build.mjs [--watch]
import { copyFile, cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import { context } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const hallway = join(here, "..", "hallway");
const out = join(hallway, "site", "static", "hallway");
const modules = join(here, "node_modules");
const scripts = ["latin", "latin-ext", "cyrillic", "greek"];

/** Every icon a template, an element or a page of settings asks for by its literal name. */
async function usedIcons() {
  const names = new Set();
  const look = async (folder, ending, pattern) => {
    for (const file of await readdir(folder, { recursive: true })) {
      if (!file.endsWith(ending) || file.includes("node_modules")) continue;
      const text = await readFile(join(folder, file), "utf8");
      for (const [, name] of text.matchAll(pattern)) names.add(name);
    }
  };
  await look(hallway, ".html", /\{%\s*icon\s+"([a-z0-9-]+)"/g);
  await look(hallway, "apps.py", /\bicon="([a-z0-9-]+)"/g);
  await look(join(here, "src"), ".ts", /\bicon\("([a-z0-9-]+)"\)/g);
  return [...names].sort();
}

/** One file of symbols; colour and stroke come from the `.icon` class of whoever uses one. */
async function sprite() {
  const symbols = [];
  for (const name of await usedIcons()) {
    const path = join(modules, "lucide-static", "icons", `${name}.svg`);
    const svg = await readFile(path, "utf8").catch(() => {
      throw new Error(`No lucide icon is called "${name}".`);
    });
    const drawing = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
    symbols.push(`<symbol id="${name}" viewBox="0 0 24 24">${drawing.replace(/\s+/g, " ").trim()}</symbol>`);
  }
  const licence = "<!-- lucide, ISC licence -->";
  const all = `<svg xmlns="http://www.w3.org/2000/svg">${licence}${symbols.join("")}</svg>\n`;
  await writeFile(join(out, "icons.svg"), all);
  return symbols.length;
}

/** The emoji with their names and the words to find them by, in the languages of the pages. */
async function emoji() {
  const read = async (name) => JSON.parse(await readFile(join(modules, "emoji-picker-element-data", name, "data.json"), "utf8"));
  const [english, german] = [await read("en/github"), await read("de/cldr")];
  const inGerman = new Map(german.map((one) => [one.emoji, one]));
  const folded = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ");
  // Skin tones by themselves are no emoji to choose.
  const rows = english.filter((one) => one.group !== 2).map((one) => {
    const other = inGerman.get(one.emoji) ?? one;
    const short = one.shortcodes ?? [folded(one.annotation).trim().replaceAll(" ", "_")];
    const words = [one.annotation, ...(one.tags ?? []), ...short, other.annotation, ...(other.tags ?? [])].flatMap((text) => folded(text).split(" "));
    const group = one.group > 2 ? one.group - 1 : one.group;
    // What is an emoji anyway needs no sign that says so.
    const sign = one.emoji.replace(/^(\p{Emoji_Presentation})\uFE0F$/u, "$1");
    return [sign, group, short, one.annotation, other.annotation, [...new Set(words)].filter(Boolean).join(" ")];
  });
  await writeFile(join(out, "emoji.json"), JSON.stringify(rows));
}

async function fonts() {
  await mkdir(join(out, "fonts"), { recursive: true });
  const files = join(modules, "@fontsource-variable", "inter", "files");
  for (const script of scripts) {
    await copyFile(join(files, `inter-${script}-wght-normal.woff2`), join(out, "fonts", `inter-${script}.woff2`));
  }
}

const compressed = { ".br": promisify(brotliCompress), ".gz": promisify(gzip) };

/** Beside each file its compressed forms, of which the server sends the one that a browser takes. */
async function compress() {
  const files = (await readdir(out)).filter((file) => /\.(css|js|json|svg)$/.test(file));
  for (const file of files) {
    const data = await readFile(join(out, file));
    for (const [ending, smaller] of Object.entries(compressed)) await writeFile(join(out, file + ending), await smaller(data));
  }
}

/** What was compressed before must not be sent for what is built now. */
async function forget() {
  const old = (await readdir(out)).filter((file) => /\.(br|gz)$/.test(file));
  await Promise.all(old.map((file) => rm(join(out, file))));
}

await mkdir(out, { recursive: true });
await forget();
await cp(join(here, "drawings"), out, { recursive: true });
await fonts();
await emoji();
const icons = await sprite();
const bundle = await context({
  // What few pages need is a script of its own.
  entryPoints: {
    app: join(here, "src", "app.ts"),
    editor: join(here, "src", "editor.ts"),
    emoji: join(here, "src", "emoji.ts"),
    outbox: join(here, "src", "outbox.ts"),
    nameless: join(here, "src", "nameless-code.ts"),
    sw: join(here, "src", "worker", "sw.ts"),
  },
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022"],
  legalComments: "eof",
  logLevel: "info",
});
const styles = await context({
  entryPoints: { app: join(here, "css", "app.css"), writing: join(here, "css", "writing.css") },
  outdir: out,
  bundle: true,
  minify: true,
  // Nesting and light-dark() are left as they are: every browser since mid 2024 knows them.
  target: ["chrome123", "firefox121", "safari17.5"],
  external: ["./fonts/*"],
  logLevel: "info",
});
if (process.argv.includes("--watch")) {
  await Promise.all([bundle.watch(), styles.watch()]);
} else {
  await Promise.all([bundle.rebuild(), styles.rebuild()]);
  await Promise.all([bundle.dispose(), styles.dispose()]);
  await compress();
  console.log(`${icons} icons in the sprite`);
}
