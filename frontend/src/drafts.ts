// Words that are not sent yet: kept on this device for this person and this place, until they are sent or signed out.
import type { KeptImage } from "./image-tray";
import { me } from "./mine-block";

export interface Draft {
  title: string;
  text: string;
  space: string;
  images: KeptImage[];
  /** When it was last changed, in milliseconds since 1970. */
  at: number;
}

// The server gives up pictures after a week, and an older thought is found faster by thinking it again.
const KEPT = 7 * 24 * 3_600_000;

function nameOf(place: string): string {
  return `draft:${me()}:${place}`;
}

/** The draft of the reader for `place`, if there is one. */
export function draftOf(place: string): Draft | undefined {
  const kept = localStorage.getItem(nameOf(place));
  if (!kept) return undefined;
  const draft = JSON.parse(kept) as Draft;
  if (Date.now() - draft.at < KEPT) return draft;
  forgetDraft(place);
  return undefined;
}

/** Keeps `draft` for `place`; one that holds nothing is forgotten. Where the device has no room, it is only in view. */
export function keepDraft(place: string, draft: Omit<Draft, "at">): void {
  if (!draft.text && !draft.title && !draft.images.length) return forgetDraft(place);
  try {
    localStorage.setItem(nameOf(place), JSON.stringify({ ...draft, at: Date.now() }));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

export function forgetDraft(place: string): void {
  localStorage.removeItem(nameOf(place));
}

// Who signs out may leave the device to somebody else.
document.addEventListener("submit", (event) => {
  if ((event.target as Element).id !== "leave") return;
  const own = [`draft:${me()}:`, `outbox:${me()}:`];
  for (const name of Object.keys(localStorage)) if (own.some((start) => name.startsWith(start))) localStorage.removeItem(name);
});

/** Where the reader posted last on this device. */
export function lastSpace(): string | null {
  return localStorage.getItem(`post-to:${me()}`);
}

export function rememberSpace(space: string): void {
  localStorage.setItem(`post-to:${me()}`, space);
}
