// What comes from elsewhere: pages and Word documents become the blocks and marks the editor knows, plain text is read as Markdown.
import { Slice, type ResolvedPos } from "@tiptap/pm/model";
import { keeps, parse } from "./markdown";

/** The text of a clipboard as a piece of a document; undefined leaves it to the editor, line by line. */
export function fromText(text: string, context: ResolvedPos, plain: boolean): Slice | undefined {
  if (plain || context.parent.type.spec.code || !keeps(text)) return undefined;
  return Slice.maxOpen(parse(text).content);
}

/** HTML from elsewhere with lists as lists, tables as lines, and nothing of what only its program understands. */
export function tidied(html: string): string {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const alien of page.querySelectorAll("style, meta, link, xml, script, title, img")) alien.remove();
  for (const alien of [...page.body.querySelectorAll("*")]) if (alien.localName.includes(":")) alien.replaceWith(...alien.childNodes);
  for (const row of page.querySelectorAll("tr")) {
    const line = page.createElement("p");
    line.textContent = [...row.cells].map((cell) => (cell.textContent ?? "").trim().replace(/\s+/g, " ")).join(" | ");
    row.closest("table")?.before(line);
  }
  for (const table of page.querySelectorAll("table")) table.remove();
  listWordItems(page);
  // Empty lines keep paragraphs apart in Word; here they are apart.
  for (const line of page.querySelectorAll("p, div")) if (!line.textContent?.trim() && !line.children.length) line.remove();
  return page.body.innerHTML;
}

// Word writes items as paragraphs that carry their level in a style and their sign as text.
function listWordItems(page: Document): void {
  let lists: HTMLElement[] = [];
  let last: Element | null = null;
  for (const item of page.querySelectorAll<HTMLElement>("p[style*='mso-list']")) {
    if (last !== item.previousElementSibling) lists = [];
    const level = Number(/mso-list:[^;]*level(\d+)/.exec(item.getAttribute("style") ?? "")?.[1] ?? 1);
    const sign = item.querySelector("[style*='mso-list:Ignore'], [style*='mso-list: Ignore']");
    const isNumbered = /^\s*(?:\d+|[a-z]{1,3})[.)]/i.test(sign?.textContent ?? "");
    sign?.remove();
    lists.length = Math.min(lists.length, level);
    while (lists.length < level) {
      const list = page.createElement(isNumbered ? "ol" : "ul");
      const above = lists.at(-1);
      if (!above) item.before(list);
      else (above.lastElementChild ?? above.appendChild(page.createElement("li"))).append(list);
      lists.push(list);
    }
    const row = page.createElement("li");
    row.append(...item.childNodes);
    lists.at(-1)?.append(row);
    last = lists[0] ?? null;
    item.remove();
  }
}
