// The images chosen for a post: a small picture, a description and a way to remove each one.

/** Draws `files` into `list`; `changed` is told which ones are left after one has been removed. */
export function showImages(list: HTMLElement, files: File[], changed: (left: File[]) => void): void {
  const descriptions = [...list.querySelectorAll<HTMLInputElement>("input[name=alt]")].map((field) => field.value);
  list.hidden = files.length === 0;
  list.replaceChildren(
    ...files.map((file, place) => {
      const row = document.createElement("li");
      const description = document.createElement("input");
      description.className = "input";
      description.name = "alt";
      description.maxLength = 300;
      description.value = descriptions[place] ?? "";
      description.placeholder = list.dataset["alt"] ?? "";
      description.setAttribute("aria-label", `${list.dataset["alt"] ?? ""}: ${file.name}`);
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "button button-quiet button-small";
      remove.textContent = list.dataset["remove"] ?? "";
      remove.setAttribute("aria-label", `${list.dataset["remove"] ?? ""}: ${file.name}`);
      remove.addEventListener("click", () => {
        row.remove();
        changed(files.filter((other) => other !== file));
      });
      row.append(small(file), description, remove);
      return row;
    }),
  );
}

// Drawn on a canvas: an address made from a file (blob:) would need a hole in the page's CSP.
function small(file: File): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = 144;
  canvas.height = 108;
  canvas.setAttribute("aria-hidden", "true");
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
  return canvas;
}
