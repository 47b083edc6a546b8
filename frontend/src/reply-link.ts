// "Reply" under a comment: says in the form below whom one answers, instead of loading the page that says it.

class ReplyLink extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", this.#click);
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.#click);
  }

  #click = (event: Event): void => {
    const link = this.querySelector("a");
    const box = document.getElementById("reply");
    const parent = box?.querySelector<HTMLInputElement>("[name=parent]");
    const words = box?.querySelector("textarea");
    const line = box?.querySelector<HTMLElement>(".reply-to");
    if (!link || !box || !parent || !words || !line) return;
    event.preventDefault();
    const { name = "", handle = "" } = link.dataset;
    parent.value = new URL(link.href).searchParams.get("reply") ?? "";
    line.hidden = false;
    const whom = document.createElement("b");
    whom.textContent = name;
    line.querySelector("span")?.replaceChildren(`${line.dataset["template"] ?? ""} `, whom);
    // Replies are one level deep: an answer to a reply names the person.
    if (this.closest(".comment-reply") && !words.value.includes(`@${handle}`)) words.value = `@${handle} ${words.value}`;
    words.focus();
    words.scrollIntoView({ block: "center" });
  };
}

customElements.define("reply-link", ReplyLink);

document.addEventListener("click", (event) => {
  const cancel = (event.target as Element).closest?.(".reply-cancel");
  const parent = cancel?.closest("form")?.querySelector<HTMLInputElement>("[name=parent]");
  const line = cancel?.closest<HTMLElement>(".reply-to");
  if (!parent || !line) return;
  event.preventDefault();
  parent.value = "";
  line.hidden = true;
});
