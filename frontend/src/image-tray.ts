// The images chosen for a post or comment, as a small gallery: sent ahead, described, put in order, taken out again.
import { ImageTile } from "./image-tile";
import type { Kept } from "./sending-ahead";
import { toast } from "./toast-note";

/** An image of a draft: where the server keeps it, and its description. */
export interface KeptImage extends Kept {
  alt: string;
}

export class ImageTray extends HTMLElement {
  #tiles: ImageTile[] = [];
  #dragged: ImageTile | undefined;

  connectedCallback(): void {
    this.addEventListener("click", this.#click);
    this.addEventListener("keydown", this.#key);
    this.addEventListener("dragstart", this.#lift);
    this.addEventListener("dragover", this.#over);
    this.addEventListener("dragend", this.#put);
  }

  get count(): number {
    return this.#tiles.length;
  }

  /** What is with the server by now, for a draft. */
  get kept(): KeptImage[] {
    return this.#tiles.flatMap((tile) => (tile.kept ? [{ ...tile.kept, alt: tile.alt.value }] : []));
  }

  /** Takes those of `files` that fit, and sends them ahead. */
  add(files: File[]): void {
    const room = Number(this.getAttribute("most")) - this.count;
    if (files.length > room) toast(this.dataset["many"] ?? "");
    for (const file of files.slice(0, Math.max(0, room))) {
      const tile = new ImageTile(this.#template, file);
      this.#tiles.push(tile);
      void this.#send(tile);
    }
    this.#changed();
  }

  /** Shows again what a draft had. */
  restore(images: KeptImage[]): void {
    for (const image of images) {
      const tile = new ImageTile(this.#template, undefined);
      tile.keep(image);
      tile.alt.value = image.alt;
      // One that the server has given up, or that has been published elsewhere, is not there any more.
      tile.row.querySelector("img")!.addEventListener("error", () => this.#take(tile), { once: true });
      this.#tiles.push(tile);
    }
    this.#show();
  }

  /** Waits until every image is with the server; says so and gives false when one is not. */
  async ready(): Promise<boolean> {
    await Promise.all(this.#tiles.map((tile) => tile.done));
    if (!this.#tiles.some((tile) => tile.isFailed)) return true;
    toast(this.dataset["unsent"] ?? "");
    return false;
  }

  get isReady(): boolean {
    return this.#tiles.every((tile) => tile.kept);
  }

  clear(): void {
    for (const tile of this.#tiles) tile.stop();
    this.#tiles = [];
    this.#show();
  }

  get #template(): HTMLTemplateElement {
    return this.querySelector("template")!;
  }

  async #send(tile: ImageTile): Promise<void> {
    await tile.send(this.getAttribute("action") ?? "", this.dataset["failed"] ?? "");
    if (tile.kept) this.#say((this.dataset["kept"] ?? "").replace("{name}", tile.file?.name ?? ""));
    this.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #show(): void {
    this.hidden = this.count === 0;
    this.querySelector("ol")?.replaceChildren(...this.#tiles.map((tile) => tile.row));
    this.#tiles.forEach(({ row }, place) => {
      row.querySelector<HTMLButtonElement>("[data-deed=earlier]")!.disabled = place === 0;
      row.querySelector<HTMLButtonElement>("[data-deed=later]")!.disabled = place === this.count - 1;
    });
  }

  #changed(): void {
    this.#show();
    this.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #click = (event: Event): void => {
    const button = (event.target as Element).closest<HTMLButtonElement>("[data-deed]");
    const tile = this.#tiles.find(({ row }) => button && row.contains(button));
    if (!button || !tile) return;
    const deed = button.dataset["deed"];
    if (deed === "remove") this.#remove(tile);
    else if (deed === "again") void this.#send(tile);
    else this.#move(tile, deed === "earlier" ? -1 : 1, button);
  };

  // With Alt, as lists are sorted in many programs; without it, the arrows belong to the words of the description.
  #key = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const tile = this.#tiles.find(({ row }) => row.contains(event.target as Node));
    if (!step || !tile || !event.altKey) return;
    event.preventDefault();
    this.#move(tile, step, event.target as HTMLElement);
  };

  #move(tile: ImageTile, step: number, focused: HTMLElement): void {
    const from = this.#tiles.indexOf(tile);
    const to = from + step;
    if (to < 0 || to >= this.count) return;
    this.#tiles.splice(from, 1);
    this.#tiles.splice(to, 0, tile);
    this.#changed();
    const other = tile.row.querySelector<HTMLElement>("[data-deed]:not(:disabled)");
    if (focused.matches(":disabled")) other?.focus();
    else focused.focus();
    this.#say((this.dataset["moved"] ?? "").replace("{place}", String(to + 1)).replace("{count}", String(this.count)));
  }

  #remove(tile: ImageTile): void {
    const place = this.#tiles.indexOf(tile);
    this.#take(tile);
    const next = this.#tiles[Math.min(place, this.count - 1)]?.row.querySelector<HTMLElement>("[data-deed=remove]");
    (next ?? this.closest("form")?.querySelector<HTMLElement>("textarea, [contenteditable]"))?.focus();
    toast(this.dataset["removed"] ?? "", {
      label: this.dataset["undo"] ?? "",
      act: () => {
        if (!this.isConnected) return;
        this.#tiles.splice(place, 0, tile);
        this.#changed();
        tile.alt.focus();
      },
    });
  }

  #take(tile: ImageTile): void {
    this.#tiles = this.#tiles.filter((other) => other !== tile);
    this.#changed();
  }

  #lift = (event: DragEvent): void => {
    this.#dragged = this.#tiles.find(({ row }) => row === event.target);
    if (!this.#dragged) return;
    this.#dragged.row.dataset["lifted"] = "";
    if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
  };

  #over = (event: DragEvent): void => {
    const over = this.#tiles.find(({ row }) => row.contains(event.target as Node));
    if (!this.#dragged) return;
    event.preventDefault();
    if (!over || over === this.#dragged) return;
    const to = this.#tiles.indexOf(over);
    this.#tiles = this.#tiles.filter((tile) => tile !== this.#dragged);
    this.#tiles.splice(to, 0, this.#dragged);
    this.#changed();
  };

  #put = (): void => {
    delete this.#dragged?.row.dataset["lifted"];
    this.#dragged = undefined;
  };

  #say(words: string): void {
    this.querySelector("[role=status]")!.textContent = words;
  }
}

customElements.define("image-tray", ImageTray);
