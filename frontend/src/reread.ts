// The stream action "reread": pages that show what `where` selects are read anew, each at its own moment; the fewer hear of it, the sooner.
import { StreamActions } from "@hotwired/turbo";

StreamActions["reread"] = function () {
  const where = this.getAttribute("where");
  const { topic, crowd } = this.dataset;
  if (!where || document.querySelector(where)) reread({ topic, crowd: Number(crowd ?? 0), where: where ?? "" });
};

// Turbo's own action would not wait for a form that is being sent.
StreamActions["refresh"] = () => reread();

/** Why a page is read anew: the topic that said so, how many screens hear of it (if that is known), and what they must show. */
export interface Reread {
  topic?: string | undefined;
  crowd?: number;
  where?: string;
}

function reread(detail: Reread = {}): void {
  document.dispatchEvent(new CustomEvent<Reread>("hallway:reread", { detail }));
}
