// The open socket of this tab: survives page visits, follows the page that is shown, and says so when it is lost.
import { session, renderStreamMessage } from "@hotwired/turbo";
import { isToldInPlace } from "./failing";
import { type Message, Progress } from "./frames";
import { knock, type Pass, poll, renewTicket } from "./renew";
import type { Reread } from "./reread";
import { spreadOf } from "./spread";

const TICKET_LIFE = 45_000;
const POLL_EVERY = 15_000;
const KNOCK_EVERY = 5_000;
const LONGEST_WAIT = 5_000;
const TRIES_BEFORE_NOTICE = 3;
const REFUSED = 4001;
const ENDED = 4003;

let socket: WebSocket | undefined;
let screen: LiveScreen | undefined;
let incarnation: string | undefined;
let crowd: Record<string, number> = {};
let tries = 0;
let retry = 0;
let polling = 0;
let polled = 0;
let paused: "no" | "paused" | "offline" = "no";
// When the page is to be read anew, 0 if it is not; and what it must still show then.
let due = 0;
let reading = 0;
let shows = "";
let sending = 0;
let answered = false;
// Whether the hub has admitted the page that is shown, over the socket there is.
let admitted = false;

class LiveScreen extends HTMLElement {
  static readonly observedAttributes = ["ticket", "position"];
  progress = new Progress(this.getAttribute("position") ?? "0.0");
  #came = 0;
  #due = false;
  #kept: { ticket: string; came: number } | undefined;

  connectedCallback(): void {
    this.#come();
  }

  disconnectedCallback(): void {
    if (screen === this) screen = undefined;
    // A page without a live-screen (signed out) ends the connection; the next page's element comes within a moment.
    setTimeout(() => !screen && hangUp(), 1000);
  }

  attributeChangedCallback(name: string, _old: string | null, now: string | null): void {
    if (name === "ticket" && now && this.isConnected) this.#come();
  }

  /** The page's ticket, or the one that the hub gave to return with, each once and while it lives; else a new one. The latter two are for the same topics from where this page is. */
  async pass(): Promise<Pass | undefined> {
    const [own, kept, since] = [this.getAttribute("ticket"), this.#kept, this.progress.reached];
    this.removeAttribute("ticket");
    this.#kept = undefined;
    if (own && Date.now() - this.#came < TICKET_LIFE) return { ticket: own };
    if (kept && Date.now() - kept.came < TICKET_LIFE) return { ticket: kept.ticket, since };
    return renewTicket(this.getAttribute("path") ?? "/live", this.topics, since);
  }

  /** Keeps a ticket to return with. */
  keep(ticket: string): void {
    this.#kept = { ticket, came: Date.now() };
  }

  get topics(): string[] {
    const { topics } = this.progress;
    return topics.length ? topics : (this.getAttribute("topics") ?? "").split(" ").filter(Boolean);
  }

  /** Writes down how far the page is, so that a copy kept for "back" knows where it stopped. */
  note(): void {
    this.setAttribute("topics", this.progress.topics.join(" "));
    this.setAttribute("position", this.progress.reached);
  }

  /** Says what does not work at present, if anything. */
  say(): void {
    const notice = this.querySelector<HTMLElement>(".live-notice");
    if (!notice) return;
    const words = notice.dataset[paused] ?? "";
    // What is said already is not read out again.
    if (words && notice.textContent !== words) notice.textContent = words;
    notice.hidden = paused === "no";
  }

  // Attributes of a page read anew arrive one by one; they are looked at together.
  #come(): void {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      if (!this.isConnected || document.documentElement.hasAttribute("data-turbo-preview")) return;
      this.#came = Date.now();
      // What the hub says until it has seen the new ticket is about another page.
      this.#kept = undefined;
      admitted = false;
      this.progress = new Progress(this.getAttribute("position") ?? "0.0");
      screen = this;
      this.say();
      void follow();
    });
  }
}

/** Gives the hub the ticket of the page that is shown, over the socket there is or a new one. */
async function follow(): Promise<void> {
  if (socket?.readyState === WebSocket.OPEN) await present();
  else if (socket?.readyState !== WebSocket.CONNECTING) connect();
}

/** Sends a message for the hub if it hears this page; says whether it did. */
export function speak(message: object): boolean {
  if (!admitted || socket?.readyState !== WebSocket.OPEN) return false;
  socket.send(JSON.stringify(message));
  return true;
}

/** Whether the page that is shown is told of `topic`. */
export function hears(topic: string): boolean {
  return screen?.topics.includes(topic) ?? false;
}

/** Whether the hub does not hear this page now, but is expected to within moments. */
export function isReturning(): boolean {
  return screen !== undefined && paused === "no" && navigator.onLine;
}

async function present(): Promise<void> {
  const [shown, line] = [screen, socket];
  if (!shown || !line) return;
  try {
    const pass = await shown.pass();
    if (shown !== screen) return;
    shown.progress.begin();
    if (!pass) return line.close();
    admitted = false;
    if (line.readyState === WebSocket.OPEN) line.send(JSON.stringify(pass));
  } catch {
    line.close();
  }
}

function connect(): void {
  clearTimeout(retry);
  retry = 0;
  if (!screen || document.visibilityState === "hidden" || !navigator.onLine) return;
  const address = new URL(screen.getAttribute("path") ?? "/live", location.href);
  if (address.protocol.startsWith("http")) address.protocol = address.protocol.replace("http", "ws");
  const line = new WebSocket(address);
  socket = line;
  admitted = false;
  line.addEventListener("open", () => void present());
  line.addEventListener("message", ({ data }) => typeof data === "string" && hear(JSON.parse(data) as Message));
  line.addEventListener("close", ({ code }) => lost(line, code));
}

function hear(message: Message): void {
  const shown = screen;
  if (!shown) return;
  if ("ready" in message) {
    const { p, topics, incarnation: now } = message.ready;
    crowd = message.ready.crowd;
    if (incarnation && incarnation !== now) refresh(3000);
    incarnation = now;
    shown.progress.catchUp(p, topics);
    shown.keep(message.ready.ticket);
    recovered();
    admitted = true;
    document.dispatchEvent(new CustomEvent("hallway:ready"));
  } else if ("ticket" in message) {
    if (!admitted) return;
    shown.keep(message.ticket);
    shown.progress.toldUpTo(message.p);
  } else if ("ack" in message) document.dispatchEvent(new CustomEvent("hallway:ack", { detail: message }));
  else if ("reload" in message) refresh(message.reload === "incarnation" ? 3000 : 500);
  else if ("ended" in message) {
    answered = false;
    refresh(200);
  } else {
    const found = shown.progress.take(message);
    if (found === "gap") refresh(500);
    if (found === "news") renderStreamMessage(message.s);
  }
}

/** Reads the page anew within `spread` milliseconds: not all screens ask at the same instant. What is told meanwhile is read with it; what is told afterwards asks again. Of several the soonest counts. `where` is what must be shown by then. */
function refresh(spread: number, where = ""): void {
  const at = Date.now() + Math.random() * spread;
  if (due && due <= at) return;
  clearTimeout(reading);
  due = at;
  shows = where;
  reading = window.setTimeout(read, at - Date.now());
}

// While a form is being sent, its answer is the next page; the one it was sent from must not come back over it.
// And an answer that explains what is wrong with the words cannot be read a second time: it would take them away.
function read(): void {
  if (sending > 0) return void (reading = window.setTimeout(read, 200));
  due = 0;
  if (!answered && (!shows || document.querySelector(shows))) session.refresh(document.baseURI);
}

function lost(line: WebSocket, code: number): void {
  if (line !== socket) return;
  socket = undefined;
  if (!screen) return;
  // The session has ended: the server answers the page with the way to sign in.
  if (code === ENDED) return location.reload();
  tries += 1;
  if (code === REFUSED && screen.topics.length === 0) refresh(1000);
  if (tries >= TRIES_BEFORE_NOTICE && !polling) void pause();
  const longest = Math.min(LONGEST_WAIT, 500 * 2 ** tries);
  retry = window.setTimeout(connect, code === 1012 ? Math.random() * 5000 : longest * (0.5 + Math.random() / 2));
}

/** Goes on without the hub: reads the page at intervals, and looks more often whether the server is there at all. */
async function pause(): Promise<void> {
  clearTimeout(polling);
  if (!polling) polled = Date.now();
  polling = window.setTimeout(() => void pause(), KNOCK_EVERY);
  if (document.visibilityState === "hidden" && paused !== "no") return;
  const [isThere, due] = [await knock(KNOCK_EVERY - 500), Date.now() - polled >= POLL_EVERY];
  // The hub may have come back meanwhile.
  if (!polling) return;
  paused = isThere ? "paused" : "offline";
  screen?.say();
  if (!isThere || !due || sending > 0 || answered) return;
  polled = Date.now();
  poll().catch(() => undefined);
}

function recovered(): void {
  tries = 0;
  clearTimeout(polling);
  polling = 0;
  paused = "no";
  screen?.say();
}

function hangUp(): void {
  clearTimeout(retry);
  clearTimeout(polling);
  polling = 0;
  paused = "no";
  const line = socket;
  socket = undefined;
  line?.close();
}

/** Back in sight or back on the net: no reason to wait for the next try. */
function wake(): void {
  if (document.visibilityState === "visible" && screen && !socket) connect();
}

/** The line may have died without a word while there was no net; a new one is cheap. */
function online(): void {
  const line = socket;
  socket = undefined;
  line?.close();
  wake();
}

function offline(): void {
  if (screen) void pause();
}

document.addEventListener("turbo:before-cache", () => screen?.note());
document.addEventListener("turbo:submit-start", () => (sending += 1));
document.addEventListener("turbo:submit-end", (event) => {
  const { success, fetchResponse } = (event as CustomEvent<{ success: boolean; fetchResponse?: object }>).detail;
  answered = !success && fetchResponse !== undefined && !isToldInPlace(fetchResponse);
  // Turbo reads the answer before it shows it.
  setTimeout(() => (sending -= 1), 300);
});
document.addEventListener("turbo:load", () => (answered = false));
document.addEventListener("hallway:reread", (event) => {
  const reread = (event as CustomEvent<Reread | null>).detail ?? {};
  refresh(spreadOf(reread, crowd), reread.crowd ? reread.where : "");
});
document.addEventListener("visibilitychange", wake);
addEventListener("online", online);
addEventListener("offline", offline);
addEventListener("pageshow", wake);
customElements.define("live-screen", LiveScreen);
