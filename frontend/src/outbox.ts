// What was written without a connection: it stands as a card where it will be, and is sent once when there is one again.
//
// A bundle of its own. It must not import what the page's own script has in it, which would then be there twice.
import type { ComposeBox } from "./compose-box";
import type { Draft } from "./drafts";
import { freshKey } from "./fresh-key";

/** What the page's own script does for it. */
export interface Hooks {
  me(): string;
  token(): string;
  toast(text: string): void;
  words(): DOMStringMap;
  draft(place: string, draft: Omit<Draft, "at">): void;
  visit(address: string): void;
  refresh(): void;
}

interface Waiting {
  action: string;
  fields: [string, string][];
  place: string;
  page: string;
  at: number;
  /** Why the server would not have it; then it is not sent again by itself. */
  refused?: string[];
}

const TRY_EVERY = 15_000;

let timer = 0;
let isSending = false;

/** Puts what stands in `box` into the outbox and shows it there; says whether there was room. */
export function hold(box: ComposeBox, form: HTMLFormElement, wasSent: boolean, hooks: Hooks): boolean {
  const key = form.querySelector<HTMLInputElement>("[name=key]");
  if (!key) return false;
  // What may have arrived keeps its number, by which it arrives once.
  if (!wasSent) key.value = freshKey();
  const fields = [...new FormData(form)].filter((field): field is [string, string] => typeof field[1] === "string" && field[0] !== "csrfmiddlewaretoken");
  const action = new URL(form.action).pathname;
  try {
    put(key.value, { action, fields, place: box.place, page: location.pathname, at: Date.now() }, hooks);
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
  key.value = freshKey();
  box.arrived();
  hooks.toast(hooks.words()["waiting"] ?? "");
  show(hooks);
  later(hooks);
  return true;
}

/** Shows what waits, and sends it if there is a way. */
export async function goOn(hooks: Hooks): Promise<void> {
  show(hooks);
  if (!navigator.onLine || isSending) return;
  isSending = true;
  try {
    // One tab is enough; without locks the number of each sees to it that it arrives once.
    const arrived = navigator.locks ? await navigator.locks.request("outbox", { ifAvailable: true }, (lock) => (lock ? sendAll(hooks) : 0)) : await sendAll(hooks);
    show(hooks);
    if (arrived) hooks.refresh();
  } finally {
    isSending = false;
  }
  later(hooks);
}

function later(hooks: Hooks): void {
  clearTimeout(timer);
  if (all(hooks).some(([, item]) => !item.refused)) timer = window.setTimeout(() => void goOn(hooks), TRY_EVERY);
}

/** Sends one after the other, as they were written; returns how many are there. */
async function sendAll(hooks: Hooks): Promise<number> {
  let arrived = 0;
  for (const [key, item] of all(hooks)) {
    if (item.refused) continue;
    const answer = await send(item, hooks);
    // The rest would fare no better.
    if (!answer || answer.status === 429 || answer.status >= 500) break;
    // A session that has ended answers with the way to sign in; a token of an older one is no longer taken.
    if (new URL(answer.url).pathname.startsWith("/accounts/") || (answer.status === 403 && document.body.dataset["kept"])) break;
    if (answer.ok) {
      localStorage.removeItem(nameOf(key, hooks));
      arrived += 1;
    } else put(key, { ...item, refused: await reasons(answer, hooks) }, hooks);
  }
  return arrived;
}

async function send({ action, fields }: Waiting, hooks: Hooks): Promise<Response | undefined> {
  const body = new URLSearchParams([...fields, ["csrfmiddlewaretoken", hooks.token()]]);
  try {
    return await fetch(action, { method: "POST", body, headers: { Accept: "text/html" } });
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

async function reasons(answer: Response, hooks: Hooks): Promise<string[]> {
  if (answer.status === 403 || answer.status === 404) return [hooks.words()["gone"] ?? ""];
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const lines = [...page.querySelectorAll("compose-box .errors p")].map((line) => line.textContent ?? "");
  return lines.length ? lines : [hooks.words()["failed"] ?? ""];
}

function show(hooks: Hooks): void {
  for (const card of document.querySelectorAll(".waiting")) card.remove();
  for (const [key, item] of all(hooks)) {
    const card = cardOf(key, item, hooks);
    const [place, isComment] = placeOf(item);
    if (isComment) place?.append(card);
    else place?.prepend(card);
  }
}

/** Where it will stand, if that is on this page; else it stands on the home page. */
function placeOf({ place, fields }: Waiting): [Element | null, boolean] {
  const box = boxOf(place);
  const stream = document.querySelector("entry-stream .stream-cards");
  if (box?.matches(".compose")) return [stream, false];
  const parent = fields.find(([name]) => name === "parent")?.[1];
  const thread = (parent && document.getElementById(`replies-${parent}`)) || box?.closest(".thread")?.querySelector(".comments");
  if (thread) return [thread, true];
  return [location.pathname === "/" ? stream : null, false];
}

function boxOf(place: string): ComposeBox | undefined {
  return [...document.querySelectorAll<ComposeBox>("compose-box")].find((box) => box.place === place);
}

function cardOf(key: string, item: Waiting, hooks: Hooks): HTMLElement {
  const words = hooks.words();
  const inThread = placeOf(item)[1];
  const card = made(inThread ? "li" : "div", inThread ? "comment waiting" : "card entry waiting");
  card.id = `waiting-${key}`;
  card.dataset["client"] = "";
  const said = inThread ? made("div", "comment-bubble") : card;
  const state = made("p", "waiting-state", item.refused ? words["refused"] : words["waits"]);
  const title = valueOf(item, "title");
  said.append(state);
  if (item.refused) {
    const errors = made("div", "errors");
    errors.setAttribute("role", "alert");
    errors.append(...item.refused.map((line) => made("p", "", line)));
    said.append(errors);
  }
  if (title) said.append(made("h2", "entry-title", title));
  const prose = made("div", "prose");
  prose.append(made("p", "pending-source", valueOf(item, "text")));
  const deeds = made("p", "waiting-deeds");
  deeds.append(
    button(words["change"], () => change(key, item, hooks)),
    button(words["discard"], () => (forget(key, hooks), show(hooks))),
  );
  said.append(prose, deeds);
  if (inThread) card.append(said);
  return card;
}

/** Puts the words back into their box, here or on the page where they were written. */
function change(key: string, item: Waiting, hooks: Hooks): void {
  const [text, title] = [valueOf(item, "text"), valueOf(item, "title")];
  // Where it is refused there may be no place for it any more; then one finds another.
  const box = boxOf(item.place) ?? (item.refused && document.querySelector<ComposeBox>(".compose"));
  forget(key, hooks);
  show(hooks);
  if (!box) {
    hooks.draft(item.place, { text, title, space: valueOf(item, "space"), images: [] });
    return hooks.visit(item.page);
  }
  const field = box.querySelector<HTMLInputElement>("[name=title]");
  if (field && !field.value) field.value = title;
  const before = box.querySelector("textarea")?.value ?? "";
  box.write(before ? `${before}\n\n${text}` : text);
  box.querySelector("textarea")?.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

function valueOf(item: Waiting, name: string): string {
  return item.fields.find(([field]) => field === name)?.[1].trim() ?? "";
}

function nameOf(key: string, hooks: Hooks): string {
  return `outbox:${hooks.me()}:${key}`;
}

function put(key: string, item: Waiting, hooks: Hooks): void {
  localStorage.setItem(nameOf(key, hooks), JSON.stringify(item));
}

function forget(key: string, hooks: Hooks): void {
  localStorage.removeItem(nameOf(key, hooks));
}

/** What waits for the reader of this page, in the order in which it was written. */
function all(hooks: Hooks): [string, Waiting][] {
  const start = nameOf("", hooks);
  const names = Object.keys(localStorage).filter((name) => hooks.me() && name.startsWith(start));
  const found = names.map((name): [string, Waiting] => [name.slice(start.length), JSON.parse(localStorage.getItem(name) ?? "") as Waiting]);
  return found.sort(([, one], [, other]) => one.at - other.at);
}

function button(label: string | undefined, act: () => void): HTMLButtonElement {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "button button-quiet button-small", textContent: label ?? "" });
  made.addEventListener("click", act);
  return made;
}

function made(name: string, look: string, text = ""): HTMLElement {
  return Object.assign(document.createElement(name), { className: look, textContent: text });
}
