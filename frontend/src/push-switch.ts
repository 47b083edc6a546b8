// The button by which this browser begins to take pushes: asks the person, subscribes, and tells the server.

class PushSwitch extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener("click", this.#begin);
    const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
    this.#say(able ? (Notification.permission === "denied" ? "denied" : "") : "unable");
    const button = this.querySelector("button");
    if (button) button.hidden = !able;
  }

  disconnectedCallback(): void {
    this.removeEventListener("click", this.#begin);
  }

  #begin = async (event: Event): Promise<void> => {
    if (!(event.target as Element).closest("button")) return;
    if ((await Notification.requestPermission()) !== "granted") return this.#say("denied");
    this.#say("waiting");
    try {
      await this.#subscribe();
    } catch {
      this.#say("failed");
    }
  };

  async #subscribe(): Promise<void> {
    await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
    const { pushManager } = await navigator.serviceWorker.ready;
    // One made with another key of ours would be of no use.
    await (await pushManager.getSubscription())?.unsubscribe();
    const key = this.getAttribute("key") ?? "";
    const made = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
    const { endpoint, keys } = made.toJSON();
    const form = this.querySelector("form");
    if (!form || !endpoint || !keys) throw new Error("no subscription");
    const fields: Record<string, string> = { endpoint, p256dh: keys["p256dh"] ?? "", auth: keys["auth"] ?? "" };
    for (const [name, value] of Object.entries(fields)) {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = value;
    }
    form.requestSubmit();
  }

  #say(state: string): void {
    const line = this.querySelector("[role=status]");
    if (line) line.textContent = state ? (this.dataset[state] ?? "") : "";
  }
}

customElements.define("push-switch", PushSwitch);

export {};
