// Fair ranking of questions, the same rule as in hallway/townhalls/ranking.py, where the reasons and the source stand.

export interface Ranked {
  id: number;
  votes: number;
  /** Seconds since 1970 of the minute since which everybody sees it. */
  since: number;
  state: string;
}

export interface Place<T extends Ranked> {
  question: T;
  /** It stands here because few have seen it. */
  fresh: boolean;
}

const EVERY = 5;
const YOUNG_SECONDS = 300;

const byVotes = (a: Ranked, b: Ranked): number => b.votes - a.votes || a.since - b.since || a.id - b.id;
const byChance = (a: Ranked, b: Ranked): number => a.votes - b.votes || b.since - a.since || a.id - b.id;

/** The order of the tab Top: what is on stage, then what waits for its answer; `now` in seconds. */
export function top<T extends Ranked>(questions: readonly T[], now: number): Place<T>[] {
  const staged = questions.filter(({ state }) => state === "on_stage");
  const waiting = questions.filter(({ state }) => state === "open").sort(byVotes);
  const young = waiting.filter(({ since }) => now - since < YOUNG_SECONDS).sort(byChance);
  const taken = new Set<T>();
  const places: Place<T>[] = [];
  let next = 0;
  while (places.length < waiting.length) {
    const tried = (places.length + 1) % EVERY === 0 ? young.find((each) => !taken.has(each)) : undefined;
    while (next < waiting.length && taken.has(waiting[next] as T)) next += 1;
    const question = tried ?? (waiting[next] as T);
    taken.add(question);
    places.push({ question, fresh: tried !== undefined });
  }
  return [...staged.map((question) => ({ question, fresh: false })), ...places];
}

/** The order of the tab New: the youngest minute first; within a minute the number, which is random. */
export function newest<T extends Ranked>(questions: readonly T[]): T[] {
  return [...questions].sort((a, b) => b.since - a.since || a.id - b.id);
}
