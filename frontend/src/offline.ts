// Going on without a connection: starts the worker, says when a page is from before, and has words wait in the outbox.
import { session, visit } from "@hotwired/turbo";
import type { ComposeBox } from "./compose-box";
import { keepDraft } from "./drafts";
import { freshKey } from "./fresh-key";
import type { ImageTray } from "./image-tray";
import { me } from "./mine-block";
import type { Hooks } from "./outbox";
import { language, token } from "./pages";
import { toast } from "./toast-note";

const READER = "reader";
const PAGES = "pages";
const ASK_EVERY = 15_000;

let asking = 0;

function words(): DOMStringMap {
  return document.getElementById("toasts")?.dataset ?? {};
}

const hooks: Hooks = {
  me,
  token,
  toast,
  words,
  draft: keepDraft,
  visit: (address) => visit(address),
  refresh: () => session.refresh(document.baseURI),
};

function isWaiting(): boolean {
  return me() !== "" && Object.keys(localStorage).some((name) => name.startsWith(`outbox:${me()}:`));
}

/** The outbox's code, which comes when it is needed; undefined where it cannot be had. */
async function outbox(): Promise<typeof import("./outbox") | undefined> {
  try {
    return (await import(words()["outbox"] ?? "")) as typeof import("./outbox");
  } catch (error) {
    // Without a connection only the worker has it.
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Has what `form` would send wait for a connection; says whether it does, else its words stay where they are. */
export async function hold(form: HTMLFormElement, wasSent: boolean): Promise<boolean> {
  const box = form.closest<ComposeBox>("compose-box:not([whole])");
  if (!box || !me() || !form.querySelector("textarea")?.value.trim()) return false;
  return (await outbox())?.hold(box, form, wasSent, hooks) ?? false;
}

async function goOn(): Promise<void> {
  if (isWaiting()) await (await outbox())?.goOn(hooks);
}

// Turbo hears of it further down; it would set out for nothing.
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target as HTMLFormElement;
    if (navigator.onLine || !navigator.serviceWorker?.controller || !form.matches("compose-box:not([whole]) form")) return;
    // Pictures cannot wait; the box says so.
    if (form.querySelector<ImageTray>("image-tray")?.isReady === false) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    void hold(form, false).then((held) => held || toast(words()["offline"] ?? ""));
  },
  true,
);

/** Says that the page is a copy, and from when. */
function sayKept(): void {
  clearInterval(asking);
  const { kept } = document.body.dataset;
  // A page read anew leaves alone what an element has added.
  document.querySelector(".kept-note")?.remove();
  if (!kept) return;
  const since = new Date(kept);
  const isToday = since.toDateString() === new Date().toDateString();
  const time = new Intl.DateTimeFormat(language(), { timeStyle: "short", ...(isToday ? {} : { dateStyle: "medium" }) }).format(since);
  const line = Object.assign(document.createElement("p"), { className: "kept-note", textContent: (words()["kept"] ?? "").replace("[time]", time) });
  line.setAttribute("role", "status");
  line.dataset["client"] = "";
  document.getElementById("main")?.prepend(line);
  // A form of a copy has the key of something that may have been sent since.
  for (const key of document.querySelectorAll<HTMLInputElement>("compose-box [name=key]")) key.value = freshKey();
  asking = window.setInterval(() => void askAgain(), ASK_EVERY);
}

async function askAgain(): Promise<void> {
  const answer = await fetch("/robots.txt", { method: "HEAD", cache: "no-store" }).catch((error: unknown) => {
    if (!(error instanceof TypeError)) throw error;
  });
  if (answer?.ok && document.body.dataset["kept"]) visit(location.href, { action: "replace" });
}

async function begin(): Promise<void> {
  sayKept();
  if (!me()) return;
  // Whoever came in by a way that the worker did not see finds nothing of another.
  const before = localStorage.getItem(READER);
  if (before !== null && before !== me() && "caches" in window) await caches.delete(PAGES);
  localStorage.setItem(READER, me());
  try {
    await navigator.serviceWorker?.register("/sw.js", { updateViaCache: "none" });
  } catch (error) {
    // Browsers that allow none here, and a server that is away: things are as they would be without.
    if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
  }
  await goOn();
}

document.addEventListener("turbo:load", () => void begin());
addEventListener("online", () => {
  if (document.body.dataset["kept"]) visit(location.href, { action: "replace" });
  else void goOn();
});
document.addEventListener("submit", (event) => {
  if ((event.target as Element).id === "leave" && "caches" in window) void caches.delete(PAGES);
});
