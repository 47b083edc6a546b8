// The field for one's photo or cover (with a `ratio`): shows which file was chosen, and how it will look.

class PhotoField extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("change", this.#show);
  }

  disconnectedCallback(): void {
    this.removeEventListener("change", this.#show);
  }

  #show = (): void => {
    const file = this.querySelector<HTMLInputElement>("input[type=file]")?.files?.[0];
    const said = this.querySelector("[role=status]");
    if (said) said.textContent = file?.name ?? "";
    if (!file) return;
    createImageBitmap(file).then(
      (picture) => this.#draw(picture),
      // A kind of image this browser cannot draw; the server may well read it.
      () => undefined,
    );
  };

  #draw(picture: ImageBitmap): void {
    const canvas = document.createElement("canvas");
    const ratio = Number(this.getAttribute("ratio") ?? 1);
    const wide = Math.min(picture.width, picture.height * ratio);
    const high = wide / ratio;
    canvas.width = 192 * ratio;
    canvas.height = 192;
    const left = (picture.width - wide) / 2;
    canvas.getContext("2d")?.drawImage(picture, left, (picture.height - high) / 2, wide, high, 0, 0, canvas.width, 192);
    picture.close();
    this.querySelector(".avatar, .cover")?.replaceChildren(canvas);
  }
}

customElements.define("photo-field", PhotoField);
