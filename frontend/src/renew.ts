// Staying true without the hub's pushes: a new ticket for the same topics, or the page read again and compared.
import { renderStreamMessage, session } from "@hotwired/turbo";
import type { EntryStream } from "./entry-stream";
import { learn } from "./mine-block";
import { read } from "./pages";
import type { Position } from "./position";

/** What is shown to the hub: a ticket, and how far the page is if that is not where the ticket says. */
export interface Pass {
  ticket: string;
  since?: Position;
}

/** Asks for a ticket for `topics` from `position` on; undefined when the topics are not known. Throws when refused. */
export async function renewTicket(path: string, topics: string[], position: Position): Promise<Pass | undefined> {
  if (topics.length === 0) return undefined;
  const query = new URLSearchParams([...topics.map((topic) => ["t", topic]), ["p", position]]);
  const response = await fetch(`${new URL(path, location.href).pathname}/ticket?${query}`, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`no ticket: ${response.status}`);
  return (await response.json()) as Pass;
}

/** Whether the server answers within so many milliseconds. */
export async function knock(within: number): Promise<boolean> {
  if (!navigator.onLine) return false;
  try {
    return (await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(within) })).ok;
  } catch {
    return false;
  }
}

/** Brings the page up to date by reading it again; new cards wait in the pill as if they had been pushed. */
export async function poll(): Promise<void> {
  const stream = document.querySelector<EntryStream>("entry-stream");
  if (!stream) return session.refresh(document.baseURI);
  const page = await read(location.href);
  const other = page.querySelector("entry-stream");
  if (!other) return session.refresh(document.baseURI);
  learn(page);
  stream.reconcile(other);
  const bell = page.getElementById("bell");
  if (bell) renderStreamMessage(`<turbo-stream action="replace" target="bell"><template>${bell.outerHTML}</template></turbo-stream>`);
  const fresh = page.querySelector("live-screen");
  const shown = document.querySelector("live-screen");
  for (const name of ["position", "ticket"]) shown?.setAttribute(name, fresh?.getAttribute(name) ?? "");
}
