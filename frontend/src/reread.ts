// The stream action "reread": pages that show what `where` selects are read anew, each at its own moment; the fewer hear of it, the sooner.
import { StreamActions } from "@hotwired/turbo";

StreamActions["reread"] = function () {
  const where = this.getAttribute("where");
  if (!where || document.querySelector(where)) reread(this.dataset["topic"]);
};

// Turbo's own action would not wait for a form that is being sent.
StreamActions["refresh"] = () => reread();

function reread(topic?: string): void {
  document.dispatchEvent(new CustomEvent("hallway:reread", { detail: { topic } }));
}
