// One's own words, shown where they will stand as soon as they are sent, until the server's card or an error comes.
import type { ComposeBox } from "./compose-box";
import { me } from "./mine-block";
import type { WordsField } from "./words-field";

let shown = 0;

/** The place on this page where what is written in `box` will stand; a page may have none. */
function placeOf(box: ComposeBox): Element | null {
  if (box.matches(".compose")) return document.querySelector("entry-stream .stream-cards");
  const parent = box.querySelector<HTMLInputElement>("[name=parent]")?.value;
  return parent ? document.getElementById(`replies-${parent}`) : (box.closest(".thread")?.querySelector(".comments") ?? null);
}

/** Shows what `box` is sending; call what it returns when the answer is there, with whether it went well. */
export function showPending(box: ComposeBox): (isThere: boolean) => void {
  const place = placeOf(box);
  if (!place) return () => undefined;
  const card = box.matches(".compose") ? asPost(box) : asComment(box);
  card.dataset["client"] = "";
  // Without a name of its own, a page read anew would turn it into the card it stands for, which would then go with it.
  card.id = `pending-${(shown += 1)}`;
  card.setAttribute("aria-busy", "true");
  if (box.matches(".compose")) place.prepend(card);
  else place.append(card);
  box.dataset["sent"] = "";

  const watch = new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) if (node !== card && isOwn(node)) end();
  });
  const end = (): void => {
    watch.disconnect();
    card.remove();
  };
  watch.observe(place, { childList: true });
  return (isThere) => {
    delete box.dataset["sent"];
    // Where its frame does not come, the page that follows the answer has it.
    if (isThere) document.addEventListener("turbo:render", end, { once: true });
    else end();
  };
}

function isOwn(node: Node): boolean {
  if (!(node instanceof Element)) return false;
  const said = node.matches("[data-author]") ? node : node.querySelector("[data-author]");
  return said?.getAttribute("data-author") === me();
}

function asPost(box: ComposeBox): HTMLElement {
  const card = made("div", "card entry pending");
  const head = made("header", "entry-head");
  head.append(face(box), note(box));
  card.append(head);
  const title = box.querySelector<HTMLInputElement>("[name=title]")?.value.trim();
  if (title) card.append(Object.assign(made("h2", "entry-title"), { textContent: title }));
  card.append(words(box), ...pictures(box));
  return card;
}

function asComment(box: ComposeBox): HTMLElement {
  const row = made("li", "comment pending");
  const said = made("div", "said");
  const main = made("div", "comment-main");
  const bubble = made("div", "comment-bubble");
  bubble.append(words(box), ...pictures(box));
  main.append(bubble, note(box));
  said.append(face(box), main);
  row.append(said);
  return row;
}

function face(box: ComposeBox): Node {
  return box.querySelector(".avatar")?.cloneNode(true) ?? made("span", "avatar");
}

function note(box: ComposeBox): HTMLElement {
  const sending = box.querySelector<HTMLElement>(".compose-send")?.dataset["turboSubmitsWith"] ?? "";
  return Object.assign(made("p", "entry-when"), { textContent: sending });
}

function words(box: ComposeBox): HTMLElement {
  const prose = made("div", "prose");
  const drawn = box.querySelector<WordsField>("words-field")?.html;
  if (drawn) prose.append(drawn);
  else prose.append(Object.assign(made("p", "pending-source"), { textContent: box.querySelector("textarea")?.value.trim() ?? "" }));
  return prose;
}

function pictures(box: ComposeBox): HTMLElement[] {
  const chosen = [...box.querySelectorAll<HTMLCanvasElement | HTMLImageElement>(".chosen-picture > :is(canvas, img):not([hidden])")].slice(0, 4);
  if (!chosen.length) return [];
  const list = made("ul", `images images-${chosen.length}`);
  for (const picture of chosen) {
    const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 240 });
    canvas.getContext("2d")?.drawImage(picture, 0, 0, 320, 240);
    const item = document.createElement("li");
    item.append(canvas);
    list.append(item);
  }
  return [list];
}

function made(name: string, look: string): HTMLElement {
  return Object.assign(document.createElement(name), { className: look });
}
