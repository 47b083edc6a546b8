// Re-orders the rows of a list so that nobody loses their place: never under a pointer, a finger or the focus; rows slide.

const SLIDE = { duration: 180, easing: "ease-out" };
const AFTER_TOUCH = 900;
// More rows than fit on a screen are not seen sliding.
const MOST_SLIDING = 40;

/** Watches whether somebody is reading or working in `list`; calls `free` when they have left it. */
export class Hand {
  #touched = 0;
  #timer = 0;

  constructor(
    private readonly list: HTMLElement,
    private readonly free: () => void,
  ) {}

  listen(): void {
    for (const name of ["pointerleave", "focusout"]) this.list.addEventListener(name, this.#soon);
    for (const name of ["touchstart", "touchmove", "touchend"]) this.list.addEventListener(name, this.#touch, { passive: true });
    addEventListener("scroll", this.#scroll, { passive: true });
  }

  leave(): void {
    for (const name of ["pointerleave", "focusout"]) this.list.removeEventListener(name, this.#soon);
    for (const name of ["touchstart", "touchmove", "touchend"]) this.list.removeEventListener(name, this.#touch);
    removeEventListener("scroll", this.#scroll);
    clearTimeout(this.#timer);
  }

  /** Whether the rows have to stay where they are. */
  get isThere(): boolean {
    const pointed = matchMedia("(hover: hover)").matches && this.list.matches(":hover");
    return pointed || this.list.contains(document.activeElement) || Date.now() - this.#touched < AFTER_TOUCH;
  }

  #touch = (): void => {
    this.#touched = Date.now();
    this.#soon();
  };

  // A list that is flung by a finger goes on scrolling after it.
  #scroll = (): void => {
    if (Date.now() - this.#touched < AFTER_TOUCH) this.#touch();
  };

  #soon = (): void => {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => (this.isThere ? this.#soon() : this.free()), AFTER_TOUCH);
  };
}

/** Puts `rows` into `list` in their order; those that change their place on the screen slide there. */
export function arrange(list: Element, rows: readonly HTMLElement[]): void {
  const present = [...list.children];
  if (rows.length === present.length && rows.every((row, place) => row === present[place])) return;
  const moves = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const shown = moves ? rows.filter(isInSight).slice(0, MOST_SLIDING) : [];
  const before = new Map(shown.map((row) => [row, row.getBoundingClientRect().top]));
  // Only rows that are out of order are moved, so that what lives in the others is not disturbed.
  let place = list.firstElementChild;
  for (const row of rows) {
    if (row === place) place = place.nextElementSibling;
    else list.insertBefore(row, place);
  }
  for (const [row, top] of before) {
    const way = top - row.getBoundingClientRect().top;
    if (way) row.animate([{ transform: `translateY(${way}px)` }, { transform: "none" }], SLIDE);
  }
}

function isInSight(row: HTMLElement): boolean {
  const { top, bottom, height } = row.getBoundingClientRect();
  return height > 0 && bottom > 0 && top < innerHeight;
}
