// The stream action "reread": pages that show what `where` selects are read anew, each at its own moment.
import { StreamActions } from "@hotwired/turbo";

StreamActions["reread"] = function () {
  const where = this.getAttribute("where");
  if (!where || document.querySelector(where)) document.dispatchEvent(new CustomEvent("hallway:reread"));
};

// Turbo's own action would not wait for a form that is being sent.
StreamActions["refresh"] = () => document.dispatchEvent(new CustomEvent("hallway:reread"));
