// Asking without a name: sent without a cookie and without a referrer, with a token that nobody can join to the reader.
import { alone, keep, kept, type Kept, type Own, type Sending } from "./nameless-kept";

/** What became of it; `failed` when nobody knows, `none` without a token, else as the server says. */
export type Outcome = "done" | "closed" | "short" | "long" | "refused" | "failed" | "none";

interface Answer {
  outcome: Outcome;
  question?: number;
  state?: string;
}

/** Asks `text` with the next token. The same words may be sent again when it `failed`. */
export function ask(hall: string, text: string): Promise<Answer> {
  return alone(hall, async () => {
    const mine = kept(hall);
    const [token] = mine?.tokens ?? [];
    if (!mine || !token) return { outcome: "none" };
    const held = mine.sending;
    const sending: Sending = { ...token, secret: held?.secret ?? secret(), text };
    if (held && held.text !== text) sending.before = held.text;
    else if (held?.before) sending.before = held.before;
    return send(hall, mine, sending);
  });
}

/** Changes the words of one's question. */
export async function edit(hall: string, own: Own, text: string): Promise<Answer> {
  const answer = await say(hall, { do: "edit", question: own.question, secret: own.secret, text });
  if (answer.outcome === "done") change(hall, own, { ...own, text });
  return answer;
}

/** Takes one's question back. */
export async function withdraw(hall: string, own: Own): Promise<Answer> {
  const answer = await say(hall, { do: "withdraw", question: own.question, secret: own.secret });
  if (answer.outcome === "done") change(hall, own);
  return answer;
}

async function send(hall: string, mine: Kept, sending: Sending): Promise<Answer> {
  // Kept before it is sent: without its secret, a question whose answer was lost could not be withdrawn.
  keep(hall, { ...mine, sending });
  const answer = await post(hall, sending, sending.text);
  if (answer.outcome === "failed") return answer;
  const { sending: _, ...rest } = mine;
  if (answer.outcome === "refused" && sending.before) {
    // The words before had arrived after all: they are told once more, and these get another token.
    const earlier = await post(hall, sending, sending.before);
    if (earlier.outcome === "failed") return earlier;
    const after = spent(rest, sending, earlier, sending.before);
    const [next] = after.tokens ?? [];
    keep(hall, after);
    return next ? send(hall, after, { ...next, secret: secret(), text: sending.text }) : { outcome: "none" };
  }
  const isSpent = answer.outcome === "done" || answer.outcome === "refused";
  keep(hall, isSpent ? spent(rest, sending, answer, sending.text) : rest);
  return answer;
}

function spent(mine: Kept, sending: Sending, answer: Answer, text: string): Kept {
  const own = [...mine.own];
  if (answer.outcome === "done" && answer.question) own.push({ question: answer.question, secret: sending.secret, text });
  return { ...mine, own, tokens: (mine.tokens ?? []).filter(({ token }) => token !== sending.token) };
}

function change(hall: string, own: Own, instead?: Own): void {
  const mine = kept(hall);
  if (!mine) return;
  const others = mine.own.filter(({ question }) => question !== own.question);
  keep(hall, { ...mine, own: instead ? [...others, instead] : others });
}

function post(hall: string, { token, signature, secret }: Sending, text: string): Promise<Answer> {
  return say(hall, { do: "ask", token, signature, secret, text });
}

async function say(hall: string, body: object): Promise<Answer> {
  try {
    const answer = await fetch(`/halls/${hall}/nameless`, {
      method: "POST",
      credentials: "omit",
      referrerPolicy: "no-referrer",
      cache: "no-store",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    // An error of the server says nothing about what became of it.
    if (answer.status >= 500) return { outcome: "failed" };
    return (await answer.json()) as Answer;
  } catch {
    return { outcome: "failed" };
  }
}

function secret(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
