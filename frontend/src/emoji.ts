// All emoji: finding them by German and English words and by their short names, and a sheet to choose from.

/** The sign, its group, its short names, its name and its words to find it by in English and in German. */
type Emoji = [sign: string, group: number, short: string[], english: string, german: string, words: string];

interface Labels {
  label: string;
  search: string;
  none: string;
  /** Names of the groups; the first is for those used lately. */
  groups: string[];
}

const RECENT = "emoji-lately";
const MOST_RECENT = 24;
let all: Emoji[] = [];

/** Fetches the data once; false where it cannot be had. */
export async function load(address: string): Promise<boolean> {
  if (all.length) return true;
  const response = await fetch(address);
  if (response.ok) all = (await response.json()) as Emoji[];
  return response.ok;
}

const folded = (text: string): string => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[_-]/g, " ");

/** At most `most` emoji for `text`: short names first, then those whose words begin like all of its words. */
export function search(text: string, most: number): Emoji[] {
  const wanted = folded(text).split(" ").filter(Boolean);
  if (!wanted.length) return [];
  const short = wanted.join(" ");
  const ranked = all.flatMap((emoji): [number, Emoji][] => {
    const names = emoji[2].map(folded);
    if (names.includes(short)) return [[0, emoji]];
    if (names.some((name) => name.startsWith(short))) return [[1, emoji]];
    const words = ` ${emoji[5]}`;
    return wanted.every((word) => words.includes(` ${word}`)) ? [[2, emoji]] : [];
  });
  return ranked.sort(([left], [right]) => left - right).slice(0, most).map(([, emoji]) => emoji);
}

function nameOf(emoji: Emoji, language: string): string {
  return language.startsWith("de") ? emoji[4] : emoji[3];
}

/** One row of the list that completes a short name. */
export function row(emoji: Emoji, place: number, language: string): HTMLElement {
  const item = document.createElement("li");
  item.setAttribute("role", "option");
  item.id = `emoji-${place}`;
  item.dataset["value"] = emoji[0];
  const sign = Object.assign(document.createElement("span"), { className: "emoji-sign", textContent: emoji[0] });
  const words = document.createElement("span");
  words.append(Object.assign(document.createElement("b"), { textContent: `:${emoji[2][0] ?? ""}:` }), Object.assign(document.createElement("small"), { textContent: nameOf(emoji, language) }));
  item.append(sign, words);
  return item;
}

function lately(): string[] {
  return (localStorage.getItem(RECENT) ?? "👍 ❤️ 😄 🎉 🙏 👏 🚀 👀").split(" ").filter(Boolean);
}

/** The sheet to choose from; `done` hears the sign chosen, or nothing when it was closed. */
export function sheet(labels: Labels, language: string, done: (chosen?: string) => void): HTMLElement {
  const dialog = document.createElement("div");
  dialog.className = "emoji-sheet";
  dialog.dataset["client"] = "";
  dialog.setAttribute("role", "dialog");
  dialog.setAttribute("aria-label", labels.label);
  const field = Object.assign(document.createElement("input"), { type: "search", className: "input", placeholder: labels.search, autocomplete: "off" });
  field.setAttribute("aria-label", labels.search);
  const tabs = document.createElement("div");
  tabs.className = "emoji-groups";
  const grid = document.createElement("div");
  grid.className = "emoji-grid";
  grid.setAttribute("role", "group");

  const close = (chosen?: string): void => {
    document.removeEventListener("pointerdown", outside, true);
    dialog.remove();
    done(chosen);
  };
  const outside = (event: Event): void => {
    if (!dialog.contains(event.target as Node) && !dialog.parentElement?.contains(event.target as Node)) close();
  };
  const fill = (found: Emoji[], label: string): void => {
    grid.setAttribute("aria-label", label);
    grid.replaceChildren(...found.map((emoji, place) => cell(emoji, language, place === 0)));
    if (!found.length) grid.replaceChildren(Object.assign(document.createElement("p"), { className: "quiet small", textContent: labels.none }));
    grid.scrollTop = 0;
  };
  const show = (group: number): void => {
    const found = group < 0 ? lately().flatMap((sign) => all.filter((one) => one[0] === sign)) : all.filter((emoji) => emoji[1] === group);
    fill(found, labels.groups[group + 1] ?? "");
    for (const [place, tab] of [...tabs.children].entries()) tab.setAttribute("aria-pressed", String(place === group + 1));
  };

  for (const [place, name] of labels.groups.entries()) {
    const sign = place ? all.find((emoji) => emoji[1] === place - 1)?.[0] : "🕘";
    const tab = Object.assign(document.createElement("button"), { type: "button", textContent: sign ?? "", title: name });
    tab.setAttribute("aria-label", name);
    tab.addEventListener("click", () => ((field.value = ""), show(place - 1)));
    tabs.append(tab);
  }
  field.addEventListener("input", (event) => {
    event.stopPropagation();
    if (!field.value.trim()) return show(-1);
    fill(search(field.value, 64), labels.search);
    for (const tab of tabs.children) tab.setAttribute("aria-pressed", "false");
  });
  grid.addEventListener("click", (event) => {
    const chosen = (event.target as Element).closest<HTMLElement>("[data-sign]")?.dataset["sign"];
    if (!chosen) return;
    localStorage.setItem(RECENT, [...new Set([chosen, ...lately()])].slice(0, MOST_RECENT).join(" "));
    close(chosen);
  });
  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && event.target === field) {
      event.preventDefault();
      grid.querySelector("button")?.click();
    } else move(event, grid, field);
  });
  document.addEventListener("pointerdown", outside, true);
  dialog.append(field, tabs, grid);
  show(-1);
  return dialog;
}

function cell(emoji: Emoji, language: string, isFirst: boolean): HTMLElement {
  const name = nameOf(emoji, language);
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: emoji[0], title: name, tabIndex: isFirst ? 0 : -1 });
  button.setAttribute("aria-label", name);
  button.dataset["sign"] = emoji[0];
  return button;
}

// With the arrows from the field into the grid and about in it.
function move(event: KeyboardEvent, grid: HTMLElement, field: HTMLElement): void {
  const cells = [...grid.querySelectorAll<HTMLElement>("button")];
  const at = cells.indexOf(document.activeElement as HTMLElement);
  if (!cells.length || (at < 0 && event.key !== "ArrowDown")) return;
  const columns = Math.max(1, cells.findIndex((one) => one.offsetTop !== cells[0]!.offsetTop));
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: at < 0 ? 1 : columns, ArrowUp: -columns }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const next = cells[at + step];
  if (at + step < 0) return field.focus();
  if (!next) return;
  for (const one of cells) one.tabIndex = one === next ? 0 : -1;
  next.focus();
}
