// Pictures that are pasted or dropped anywhere into a box for writing.
import type { ImageTray } from "./image-tray";

/** Lets `box` take pictures in wherever they are pasted or dropped, if it has a tray; `add` is given them. */
export function takeImages(box: HTMLElement, add: (files: Iterable<File>) => void): void {
  const tray = (): ImageTray | null => box.querySelector("image-tray");
  const dropping = (event: DragEvent): void => {
    if (!tray() || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    box.toggleAttribute("data-dropping", event.type === "dragover");
  };
  const paste = (event: ClipboardEvent): void => {
    const { files, types } = event.clipboardData ?? {};
    // Programs for documents put a picture of the words beside them.
    if (!files?.length || !tray() || (types?.includes("text/plain") && event.clipboardData?.getData("text/plain").trim())) return;
    event.preventDefault();
    event.stopPropagation();
    add(files);
  };
  const drop = (event: DragEvent): void => {
    box.removeAttribute("data-dropping");
    if (!tray() || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    event.stopPropagation();
    add(event.dataTransfer.files);
  };
  box.addEventListener("paste", paste, true);
  box.addEventListener("dragover", dropping);
  box.addEventListener("dragleave", dropping);
  box.addEventListener("drop", drop, true);
}
