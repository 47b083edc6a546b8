// What is the reader's own in a town hall: which questions they back and what they chose in polls.

interface Mine {
  votes?: number[];
  ballots?: Record<string, number>;
}

const backed = new Set<string>();
const chosen = new Map<string, string>();

/** Whether the reader backs the question with this number. */
export function backs(question: string): boolean {
  return backed.has(question);
}

/** Remembers whether the reader backs a question, and shows it. */
export function rememberVote(question: string, on: boolean): void {
  if (on) backed.add(question);
  else backed.delete(question);
  tell();
}

/** The number of the option chosen in a poll, or undefined. */
export function choiceIn(poll: string): string | undefined {
  return chosen.get(poll);
}

export function rememberChoice(poll: string, option: string | undefined): void {
  if (option === undefined) chosen.delete(poll);
  else chosen.set(poll, option);
  tell();
}

function tell(): void {
  document.dispatchEvent(new CustomEvent("hallway:hall-mine"));
}

function learn({ votes, ballots }: Mine): void {
  if (!votes) return;
  backed.clear();
  chosen.clear();
  for (const question of votes) backed.add(String(question));
  for (const [poll, option] of Object.entries(ballots ?? {})) chosen.set(poll, String(option));
  tell();
}

document.addEventListener("hallway:mine", (event) => learn((event as CustomEvent<Mine>).detail));
// The page's own block may have been read before this module ran.
const own = document.getElementById("mine")?.textContent;
if (own) learn(JSON.parse(own) as Mine);
