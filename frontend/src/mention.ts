// Completing "@am…" to a colleague and ":smi…" to an emoji, in a textarea and in the editor.
import { emojiRows } from "./emoji-picker";

export interface Colleague {
  handle: string;
  name: string;
  title: string;
  hue_step: number;
  initials: string;
  photo_url: string;
}

// The expander's events do not bubble.
const CAPTURE = true;

type Found = { matched: boolean; fragment?: HTMLElement };

let latest: Promise<Found>;

document.addEventListener("text-expander-change", (event) => {
  const { key, text, provide } = (event as CustomEvent<{ key: string; text: string; provide: (found: Promise<Found>) => void }>).detail;
  const field = event.target as HTMLElement;
  const asked = offers(field, key, text).then((rows) => listed(rows, field.dataset["label"] ?? key));
  latest = asked;
  // An answer that comes late must not replace that to what was typed since.
  provide(asked.then((found) => (latest === asked ? found : latest)));
}, CAPTURE);

document.addEventListener("text-expander-value", (event) => {
  const detail = (event as CustomEvent<{ item: HTMLElement; value: string | null }>).detail;
  detail.value = detail.item.dataset["value"] ?? "";
}, CAPTURE);

// A text of several lines is a textbox to screen readers, also with a list: the combobox role is for one line.
document.addEventListener(
  "text-expander-activate",
  (event) => {
    const field = (event.target as Element).querySelector("textarea");
    // The library sets aria-expanded once more after this event.
    setTimeout(() => {
      field?.removeAttribute("role");
      field?.removeAttribute("aria-expanded");
    });
  },
  CAPTURE,
);

/** What may stand for `text` after `sign` in `field`; the server knows whom the reader may name in its space. */
export async function offers(field: Element, sign: string, text: string): Promise<HTMLElement[]> {
  if (sign === ":") return emojiRows(field, text);
  const box = field.closest<HTMLElement>("compose-box, .names-people");
  const space = box?.querySelector<HTMLSelectElement | HTMLInputElement>("[name=space]")?.value ?? box?.getAttribute("space") ?? box?.dataset["space"] ?? "";
  const query = new URLSearchParams({ q: text, space });
  // On one's own wall every colleague may read; elsewhere only the space knows who may.
  const where = Number(space) > 0 ? "/spaces/complete" : "/people/complete";
  const response = await fetch(`${where}?${query}`, { headers: { Accept: "application/json" } });
  return response.ok ? ((await response.json()) as Colleague[]).map(option) : [];
}

function listed(rows: HTMLElement[], label: string): Found {
  if (!rows.length) return { matched: false };
  const list = document.createElement("ul");
  list.className = "complete";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  list.append(...rows);
  return { matched: true, fragment: list };
}

/** One row of the list of those who are offered. */
export function option({ handle, name, title, hue_step, initials, photo_url }: Colleague, place: number): HTMLElement {
  const row = document.createElement("li");
  row.setAttribute("role", "option");
  row.id = `mention-${place}`;
  row.dataset["handle"] = handle;
  row.dataset["value"] = `@${handle}`;
  const face = document.createElement("span");
  face.className = `avatar avatar-s hue-${hue_step}`;
  face.setAttribute("aria-hidden", "true");
  if (photo_url) face.append(Object.assign(new Image(), { src: photo_url, alt: "" }));
  else face.textContent = initials;
  const words = document.createElement("span");
  const strong = document.createElement("b");
  strong.textContent = name;
  const small = document.createElement("small");
  small.textContent = title || `@${handle}`;
  words.append(strong, small);
  row.append(face, words);
  return row;
}
