// What this browser keeps so that its reader can ask without a name: tokens, and the secrets of what they asked.
import { me } from "./mine-block";
import type { Blinded } from "./nameless-code";

export interface Token {
  token: string;
  signature: string;
}

/** A question on its way; `before` are words that went with the same token, whose answer was lost. */
export interface Sending extends Token {
  secret: string;
  text: string;
  before?: string;
}

export interface Own {
  question: number;
  secret: string;
  text: string;
}

export interface Kept {
  few: boolean;
  key: string;
  blinded?: Blinded[];
  tokens?: Token[];
  given?: boolean;
  sending?: Sending;
  own: Own[];
}

export function kept(hall: string): Kept | undefined {
  const text = localStorage.getItem(place(hall));
  return text ? (JSON.parse(text) as Kept) : undefined;
}

export function keep(hall: string, what: Kept): void {
  localStorage.setItem(place(hall), JSON.stringify(what));
  document.dispatchEvent(new CustomEvent("nameless", { detail: hall }));
}

/** Does `deed` in no two tabs at once. */
export function alone<T>(hall: string, deed: () => Promise<T>): Promise<T> {
  return navigator.locks.request(place(hall), deed) as Promise<T>;
}

function place(hall: string): string {
  return `nameless:${me()}:${hall}`;
}
