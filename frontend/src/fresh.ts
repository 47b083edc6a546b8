// The stream action "fresh": a top-level entry, offered to every list on the page that it belongs to; and word of entries that change or go.
import { StreamActions, type StreamElement } from "@hotwired/turbo";

/** Which entry, where it belongs, and its place among others (larger than a JavaScript number may hold). */
export interface Named {
  entry: string;
  space: string;
  author: string;
  place: string;
}

export interface Fresh extends Named {
  tags: string[];
  card: HTMLElement;
  /** It had been deleted and stands again. */
  back: boolean;
}

function named({ dataset }: HTMLElement): Named {
  const { entry = "", space = "", author = "", place = "0" } = dataset;
  return { entry, space, author, place };
}

function tell<T>(name: string, detail: T): void {
  document.dispatchEvent(new CustomEvent<T>(name, { detail }));
}

StreamActions["fresh"] = function () {
  const card = this.templateContent.firstElementChild;
  if (!(card instanceof HTMLElement)) return;
  const { tags = "", back } = this.dataset;
  tell<Fresh>("hallway:fresh", { ...named(this), tags: tags.split(" ").filter(Boolean), card, back: back !== undefined });
};

// Cards that wait in a pill are not in the document, where Turbo would find them.
document.addEventListener("turbo:before-stream-render", (event) => {
  const stream = event.target as StreamElement;
  const action = stream.getAttribute("action");
  if (action === "remove" && stream.dataset["entry"]) tell<Named>("hallway:gone", named(stream));
  if (action === "replace") tell("hallway:changed", stream);
});
