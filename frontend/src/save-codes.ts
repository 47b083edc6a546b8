// Recovery codes to take along: as a file made here, or on paper. They travel nowhere.

class SaveCodes extends HTMLElement {
  connectedCallback(): void {
    this.querySelector<HTMLElement>("[data-scripted]")!.hidden = false;
    this.addEventListener("click", this.#click);
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.#click);
  }

  #click = (event: Event): void => {
    const wanted = (event.target as Element).closest<HTMLElement>("[data-do]")?.dataset["do"];
    if (wanted === "print") print();
    if (wanted === "download") this.#download();
  };

  #download(): void {
    const codes = [...this.querySelectorAll("li")].map((one) => one.textContent);
    const file = new Blob([[this.dataset["head"], "", ...codes, ""].join("\n")], { type: "text/plain" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = this.dataset["file"] ?? "";
    link.click();
    URL.revokeObjectURL(link.href);
  }
}

customElements.define("save-codes", SaveCodes);
