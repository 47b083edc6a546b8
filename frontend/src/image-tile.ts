// One chosen image in the tray: its picture, how far it has come, its description, what went wrong.
import { Refused, sendAhead, type Kept } from "./sending-ahead";

export class ImageTile {
  readonly row: HTMLLIElement;
  /** Settles when it is with the server, or is not going to be. */
  done: Promise<void> = Promise.resolve();
  #gone = new AbortController();
  #kept: Kept | undefined;
  #isFailed = false;

  /** A tile made from the tray's `template`, for a file or for what the server keeps from before. */
  constructor(
    template: HTMLTemplateElement,
    readonly file: File | undefined,
  ) {
    this.row = (template.content.cloneNode(true) as DocumentFragment).querySelector("li")!;
    if (file) this.#draw(file);
  }

  get kept(): Kept | undefined {
    return this.#kept;
  }

  get isFailed(): boolean {
    return this.#isFailed;
  }

  get alt(): HTMLInputElement {
    return this.row.querySelector("[name=alt]")!;
  }

  /** Sends the file to `address`; on failure says why, or `failed` where nobody knows. */
  send(address: string, failed: string): Promise<void> {
    this.#gone = new AbortController();
    this.#tell("");
    const bar = this.row.querySelector("progress")!;
    bar.hidden = false;
    this.done = sendAhead(address, this.file!, (share) => (bar.value = share), this.#gone.signal).then(
      (kept) => this.keep(kept),
      (error: unknown) => this.#tell((error instanceof Refused && error.message) || failed),
    );
    return this.done;
  }

  /** Stands for what the server has already. */
  keep(kept: Kept): void {
    this.#kept = kept;
    const field = this.row.querySelector<HTMLInputElement>("[name=upload]")!;
    field.value = String(kept.upload);
    field.disabled = false;
    this.row.querySelector("progress")!.hidden = true;
    if (this.file) return;
    const image = this.row.querySelector("img")!;
    image.src = kept.url;
    image.hidden = false;
    this.row.querySelector("canvas")!.hidden = true;
  }

  stop(): void {
    this.#gone.abort();
  }

  #tell(trouble: string): void {
    this.#isFailed = trouble !== "";
    this.row.toggleAttribute("data-failed", this.#isFailed);
    const note = this.row.querySelector<HTMLElement>(".chosen-error")!;
    note.querySelector("p")!.textContent = trouble;
    note.hidden = !this.#isFailed;
    this.row.querySelector("progress")!.hidden = this.#isFailed;
  }

  // Drawn on a canvas: an address made from a file (blob:) would have to be given back by hand.
  #draw(file: File): void {
    const canvas = this.row.querySelector("canvas")!;
    createImageBitmap(file).then(
      (picture) => {
        const scale = Math.max(canvas.width / picture.width, canvas.height / picture.height);
        const [width, height] = [picture.width * scale, picture.height * scale];
        canvas.getContext("2d")?.drawImage(picture, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
        picture.close();
      },
      // A kind of image this browser cannot draw; the server may well read it.
      () => undefined,
    );
  }
}
