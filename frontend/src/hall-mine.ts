// What is the reader's own in a town hall: which questions they back and what they chose in polls.

interface Mine {
  votes?: number[];
  ballots?: Record<string, number>;
}

const backed = new Set<string>();
const chosen = new Map<string, string>();

// What was clicked a moment ago. A page that was read before it was stored must not take it back.
const RECENT = 10_000;
const votes = new Map<string, { on: boolean; at: number }>();
const choices = new Map<string, { option: string | undefined; at: number }>();

/** Whether the reader backs the question with this number. */
export function backs(question: string): boolean {
  return backed.has(question);
}

/** Remembers whether the reader backs a question, and shows it. */
export function rememberVote(question: string, on: boolean): void {
  votes.set(question, { on, at: Date.now() });
  if (on) backed.add(question);
  else backed.delete(question);
  tell();
}

/** The number of the option chosen in a poll, or undefined. */
export function choiceIn(poll: string): string | undefined {
  return chosen.get(poll);
}

export function rememberChoice(poll: string, option: string | undefined): void {
  choices.set(poll, { option, at: Date.now() });
  if (option === undefined) chosen.delete(poll);
  else chosen.set(poll, option);
  tell();
}

function tell(): void {
  document.dispatchEvent(new CustomEvent("hallway:hall-mine"));
}

function learn({ votes: read, ballots }: Mine): void {
  if (!read) return;
  backed.clear();
  chosen.clear();
  for (const question of read) backed.add(String(question));
  for (const [poll, option] of Object.entries(ballots ?? {})) chosen.set(poll, String(option));
  const since = Date.now() - RECENT;
  for (const [question, { on, at }] of votes) {
    if (at < since) votes.delete(question);
    else if (on) backed.add(question);
    else backed.delete(question);
  }
  for (const [poll, { option, at }] of choices) {
    if (at < since) choices.delete(poll);
    else if (option === undefined) chosen.delete(poll);
    else chosen.set(poll, option);
  }
  tell();
}

document.addEventListener("hallway:mine", (event) => learn((event as CustomEvent<Mine>).detail));
// The page's own block may have been read before this module ran.
const own = document.getElementById("mine")?.textContent;
if (own) learn(JSON.parse(own) as Mine);
