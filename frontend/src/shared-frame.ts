// What a share carries: kept when its card is drawn anew for everybody, and followed where the page does not hear of it yet.
import { hears } from "./live-screen";
import "./reread";

// The card that is told to all has an empty frame; what this reader may see in it is here already.
document.addEventListener("turbo:before-morph-element", (event) => {
  const current = event.target;
  const { newElement } = (event as CustomEvent<{ newElement?: Element }>).detail;
  if (!(current instanceof Element) || !current.matches("turbo-frame.shared")) return;
  const isFilled = !current.hasAttribute("data-unfilled") || current.hasAttribute("complete");
  if (isFilled && newElement?.hasAttribute("data-unfilled")) event.preventDefault();
});

// A page that shows something must hear when that changes or is taken away: the page read anew does.
document.addEventListener("turbo:frame-load", (event) => {
  const within = (event.target as Element).querySelector("[data-within]")?.getAttribute("data-within");
  if (within && !hears(`space:${within}`)) document.dispatchEvent(new CustomEvent("hallway:reread", { detail: { topic: `space:${within}` } }));
});
