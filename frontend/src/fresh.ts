// The stream action "fresh": a new top-level entry, offered to every list on the page that it belongs to.
import { StreamActions } from "@hotwired/turbo";

export interface Fresh {
  entry: string;
  space: string;
  author: string;
  tags: string[];
  card: HTMLElement;
}

StreamActions["fresh"] = function () {
  const card = this.templateContent.firstElementChild;
  if (!(card instanceof HTMLElement)) return;
  const { entry = "", space = "", author = "", tags = "" } = this.dataset;
  const detail: Fresh = { entry, space, author, tags: tags.split(" ").filter(Boolean), card };
  document.dispatchEvent(new CustomEvent<Fresh>("hallway:fresh", { detail }));
};
