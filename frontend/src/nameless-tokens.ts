// Gets the tokens of the reader, in idle time and by everybody who opens a town hall: when somebody gets theirs must not
// tell whether they are about to ask.
import { me } from "./mine-block";
import { alone, keep, kept } from "./nameless-kept";
import { token } from "./pages";

interface Known {
  context: string;
  public_key: string;
  tokens: number;
  few: boolean;
  ended: boolean;
}

const FIRST_SECONDS = 20;
const AGAIN_SECONDS = 30;
const LONGEST_SECONDS = 600;
const begun = new Set<string>();

/** Whether this browser can do it: it wants https, or the very machine. */
export function canBlind(): boolean {
  return window.isSecureContext && "locks" in navigator;
}

/** Gets the tokens of `hall`, once for each page that stays open; `code` is the address of the script that makes them. */
export function getReady(hall: string, code: string): void {
  const place = `${me()}:${hall}`;
  if (!me() || !canBlind() || begun.has(place)) return;
  begun.add(place);
  later(hall, code, FIRST_SECONDS, 0);
}

function later(hall: string, code: string, seconds: number, times: number): void {
  const whenIdle = window.requestIdleCallback ?? ((deed: () => void) => setTimeout(deed, 1));
  const begin = (): void => {
    alone(hall, () => fill(hall, code))
      .catch(() => true)
      .then((again) => again && later(hall, code, Math.min(LONGEST_SECONDS, AGAIN_SECONDS * 2 ** times), times + 1));
  };
  // By lot, so that ten thousand browsers do not come at once.
  setTimeout(() => whenIdle(begin), (0.2 + Math.random()) * 1000 * seconds);
}

/** Takes one step; returns whether to try again later. */
async function fill(hall: string, code: string): Promise<boolean> {
  let mine = kept(hall);
  if (mine?.few) {
    // By everybody's browser at every visit, not when somebody is about to ask.
    const { few } = (await (await fetch(`/halls/${hall}/tokens`)).json()) as Known;
    if (!few) keep(hall, (mine = { ...mine, few }));
  }
  if (mine?.tokens || mine?.given) return false;
  const { blind, finish } = (await import(code)) as typeof import("./nameless-code");
  if (!mine?.blinded) {
    const known = (await (await fetch(`/halls/${hall}/tokens`)).json()) as Known;
    if (known.ended || !known.tokens) return false;
    mine = { few: known.few, key: known.public_key, own: [], blinded: await blind(known.public_key, known.context, known.tokens) };
    // Kept before it is sent: if the answer is lost, the same must be sent again.
    keep(hall, mine);
  }
  const blinded = mine.blinded ?? [];
  const answer = await fetch(`/halls/${hall}/tokens`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    body: JSON.stringify({ blinded: blinded.map((each) => each.blinded) }),
  });
  const told = (await answer.json()) as { signatures?: string[]; outcome?: string };
  const { blinded: _, ...rest } = mine;
  if (told.signatures) keep(hall, { ...rest, tokens: await finish(mine.key, blinded, told.signatures) });
  else if (told.outcome === "given") keep(hall, { ...rest, given: true });
  return told.outcome === "busy";
}
