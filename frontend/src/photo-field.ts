// The field for one's photo: shows which file was chosen, and how it will look.

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
    const side = Math.min(picture.width, picture.height);
    canvas.width = canvas.height = 192;
    canvas.getContext("2d")?.drawImage(picture, (picture.width - side) / 2, (picture.height - side) / 2, side, side, 0, 0, 192, 192);
    picture.close();
    this.querySelector(".avatar")?.replaceChildren(canvas);
  }
}

customElements.define("photo-field", PhotoField);
