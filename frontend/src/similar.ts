// Which questions are like the one being typed: found here, so that nothing typed is sent before it is asked.

export interface Known {
  id: number;
  text: string;
  votes: number;
}

const ENOUGH = 0.42;
const SHOWN = 3;
const SHORTEST = 8;
// What is typed may not be finished yet: words missing from it count less than words the other has not got.
const [TYPED, OTHER] = [0.8, 0.2];

/** The trigrams of a text, word by word with blanks around, as pg_trgm of PostgreSQL cuts them. */
function trigrams(text: string): Set<string> {
  const found = new Set<string>();
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  for (const word of plain.split(/[^\p{L}\p{N}]+/u)) {
    if (!word) continue;
    const padded = `  ${word} `;
    for (let start = 0; start + 3 <= padded.length; start += 1) found.add(padded.slice(start, start + 3));
  }
  return found;
}

/** How like `other` the unfinished `typed` is, from 0 to 1: the index of A. Tversky, "Features of Similarity" (1977), over trigrams. */
function likeness(typed: Set<string>, other: Set<string>): number {
  let both = 0;
  for (const each of typed) if (other.has(each)) both += 1;
  return both && both / (both + TYPED * (typed.size - both) + OTHER * (other.size - both));
}

/** The questions most like `text`, the most backed first where they are equally so. */
export function similar(text: string, known: readonly Known[]): Known[] {
  if (text.trim().length < SHORTEST) return [];
  const typed = trigrams(text);
  return known
    .map((each) => ({ each, like: likeness(typed, trigrams(each.text)) }))
    .filter(({ like }) => like >= ENOUGH)
    .sort((a, b) => b.like - a.like || b.each.votes - a.each.votes)
    .slice(0, SHOWN)
    .map(({ each }) => each);
}
