// How far apart many screens read their pages anew, so that the server can answer all.
import type { Reread } from "./reread";

const LONGEST_SPREAD = 2_000;
const LONGEST_CALM_SPREAD = 240_000;
// What a page costs the server, so that as many read it at once as it can answer.
const SPREAD_PER_SCREEN = 20;

/** How far apart the screens that hear of `topic` read their pages anew: as far as they are many. `crowd` is how many the hub has counted for each topic of this page. */
export function spreadOf({ topic = "", crowd: known = 0 }: Reread, crowd: Record<string, number>): number {
  const screens = crowd[topic] ?? Infinity;
  // Where the hub says how many there are, there is time: nothing on the page is wrong until then.
  if (known > 0) return Math.min(LONGEST_CALM_SPREAD, SPREAD_PER_SCREEN * Math.max(known, topic in crowd ? screens : 0));
  return Math.min(LONGEST_SPREAD, SPREAD_PER_SCREEN * screens);
}
