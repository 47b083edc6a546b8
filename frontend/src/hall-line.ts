// What one sends from a town hall: over the open socket if there is one, with the same key again if that breaks, else as a plain form.
import { isReturning, speak } from "./live-screen";
import { token } from "./pages";

export type Wish = { hall: number; vote: number; on: boolean } | { hall: number; cheer: string; n: number } | { hall: number; poll: number; option: number };

/** done: it is as wished. closed, settled: too late, and why. unknown: not for this person. slow: not stored, to be tried again. */
export type Outcome = "done" | "closed" | "settled" | "unknown" | "slow";

interface Sent {
  wish: Wish;
  answers: ((outcome: Outcome) => void)[];
  timer: number;
}

// The hub answers within moments, and says so itself when it cannot store something for long.
const UNANSWERED = 12_000;
// A lost line is back within so long, or it is not worth waiting for.
const RETURN = 6_000;

const sent = new Map<string, Sent>();

/** Sends a wish. Sent again after a lost connection it counts once; of several about one thing the last one counts. */
export function send(wish: Wish): Promise<Outcome> {
  return new Promise((answer) => {
    const one: Sent = { wish, answers: [answer], timer: 0 };
    for (const [key, older] of sent) {
      if (!thing(wish) || thing(older.wish) !== thing(wish)) continue;
      // It must not be repeated after the newer one; who waits for it hears what became of that.
      one.answers.push(...older.answers);
      clearTimeout(older.timer);
      sent.delete(key);
    }
    const key = crypto.randomUUID();
    sent.set(key, one);
    dispatch(key);
  });
}

/** What a wish is about, if a later one takes its place. */
function thing(wish: Wish): string {
  if ("vote" in wish) return `question ${wish.vote}`;
  return "poll" in wish ? `poll ${wish.poll}` : "";
}

function dispatch(key: string): void {
  const one = sent.get(key);
  if (!one) return;
  clearTimeout(one.timer);
  const patience = speak({ ...one.wish, key }) ? UNANSWERED : isReturning() ? RETURN : 0;
  one.timer = window.setTimeout(() => void post(key), patience);
}

function settle(key: string, outcome: Outcome): void {
  const one = sent.get(key);
  if (!one) return;
  clearTimeout(one.timer);
  sent.delete(key);
  for (const answer of one.answers) answer(outcome);
}

/** The same as a form would do. Cheers may count twice when the line broke after they were stored. */
async function post(key: string): Promise<void> {
  const one = sent.get(key);
  if (!one) return;
  const [address, fields] = form(one.wish);
  try {
    const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: token() });
    const headers = { Accept: "text/vnd.turbo-stream.html, text/html" };
    const { ok, status } = await fetch(address, { method: "POST", body, headers, redirect: "manual", signal: AbortSignal.timeout(UNANSWERED) });
    settle(key, ok ? "done" : status === 409 ? late(one.wish) : status === 404 || status === 403 ? "unknown" : "slow");
  } catch {
    settle(key, "slow");
  }
}

function form(wish: Wish): [string, Record<string, string>] {
  if ("vote" in wish) return [`/halls/questions/${wish.vote}/vote`, { on: wish.on ? "1" : "0" }];
  if ("poll" in wish) return [`/halls/polls/${wish.poll}/choose`, { option: String(wish.option) }];
  return [`/halls/${wish.hall}/cheer`, { kind: wish.cheer, n: String(wish.n) }];
}

function late(wish: Wish): Outcome {
  const hasEnded = document.getElementById(`hall-${wish.hall}`)?.dataset["stage"] === "ended";
  return "vote" in wish && !hasEnded ? "settled" : "closed";
}

// The line is back, or there is a new page on it: what was not answered is said once more, in the same order.
document.addEventListener("hallway:ready", () => {
  for (const key of [...sent.keys()]) dispatch(key);
});

document.addEventListener("hallway:ack", (event) => {
  const { ack, outcome } = (event as CustomEvent<{ ack: string; outcome: Outcome }>).detail;
  settle(ack, outcome);
});
