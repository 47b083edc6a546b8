// Words that are not sent yet: kept for this person and this place, in this tab only, until they are.
import { me } from "./mine-block";

export interface Draft {
  title: string;
  text: string;
  space: string;
}

/** The draft of the reader for `place`, if there is one. */
export function draftOf(place: string): Draft | undefined {
  const kept = sessionStorage.getItem(`draft:${me()}:${place}`);
  return kept ? (JSON.parse(kept) as Draft) : undefined;
}

/** Keeps `draft` for `place`; one without words is forgotten. */
export function keepDraft(place: string, draft: Draft): void {
  if (draft.text || draft.title) sessionStorage.setItem(`draft:${me()}:${place}`, JSON.stringify(draft));
  else forgetDraft(place);
}

export function forgetDraft(place: string): void {
  sessionStorage.removeItem(`draft:${me()}:${place}`);
}

/** Where the reader posted last on this device. */
export function lastSpace(): string | null {
  return localStorage.getItem(`post-to:${me()}`);
}

export function rememberSpace(space: string): void {
  localStorage.setItem(`post-to:${me()}`, space);
}
