// A short message that goes by itself; one with a button to undo stays longer, and none goes while it is pointed at.

class ToastNote extends HTMLElement {
  #timer = 0;

  connectedCallback(): void {
    this.setAttribute("data-turbo-temporary", "");
    this.#start();
    this.addEventListener("pointerenter", this.#stop);
    this.addEventListener("pointerleave", this.#start);
    this.addEventListener("focusin", this.#stop);
    this.addEventListener("focusout", this.#start);
  }

  disconnectedCallback(): void {
    this.#stop();
  }

  #stop = (): void => clearTimeout(this.#timer);

  #start = (): void => {
    this.#stop();
    this.#timer = window.setTimeout(() => this.remove(), this.querySelector("button") ? 12_000 : 6_000);
  };
}

customElements.define("toast-note", ToastNote);

/** Shows `text` at the bottom of the page and reads it out, with a button where something can be done about it. */
export function toast(text: string, button?: { label: string; act: () => void }): void {
  const note = document.createElement("toast-note");
  note.className = "toast";
  note.dataset["client"] = "";
  const words = document.createElement("span");
  words.textContent = text;
  note.append(words);
  if (button) note.append(buttonOf(button.label, () => (note.remove(), button.act())));
  document.getElementById("toasts")?.append(note);
}

function buttonOf(label: string, act: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "toast-undo";
  button.textContent = label;
  button.addEventListener("click", act);
  return button;
}
