// A form that has the browser make or show a passkey before it is sent. What the browser says travels as JSON, its bytes
// in base64url, as https://www.w3.org/TR/webauthn-3/#sctn-parseCreationOptionsFromJSON has it; spelled out, since not
// every browser that knows passkeys knows toJSON().

type Told = Record<string, unknown>;

const written = (bytes: ArrayBuffer | null): string | null =>
  bytes &&
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const read = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));

const named = (list: unknown): PublicKeyCredentialDescriptor[] =>
  ((list ?? []) as { id: string; type: "public-key" }[]).map(({ id, type }) => ({ id: read(id), type }));

async function make(told: Told): Promise<Told> {
  const user = told["user"] as { id: string; name: string; displayName: string };
  const publicKey = {
    ...told,
    challenge: read(told["challenge"] as string),
    user: { ...user, id: read(user.id) },
    excludeCredentials: named(told["excludeCredentials"]),
  } as unknown as PublicKeyCredentialCreationOptions;
  const made = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const { clientDataJSON, attestationObject } = made.response as AuthenticatorAttestationResponse;
  return said(made, { clientDataJSON: written(clientDataJSON), attestationObject: written(attestationObject) });
}

async function show(told: Told): Promise<Told> {
  const publicKey = {
    ...told,
    challenge: read(told["challenge"] as string),
    allowCredentials: named(told["allowCredentials"]),
  } as unknown as PublicKeyCredentialRequestOptions;
  const shown = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const { clientDataJSON, authenticatorData, signature, userHandle } = shown.response as AuthenticatorAssertionResponse;
  return said(shown, {
    clientDataJSON: written(clientDataJSON),
    authenticatorData: written(authenticatorData),
    signature: written(signature),
    userHandle: written(userHandle),
  });
}

const said = (key: PublicKeyCredential, response: Told): Told => ({
  id: key.id,
  rawId: written(key.rawId),
  type: key.type,
  response,
  clientExtensionResults: key.getClientExtensionResults(),
});

class PasskeyForm extends HTMLElement {
  connectedCallback(): void {
    if (window.PublicKeyCredential) this.hidden = false;
    else this.#say("unknown");
    this.addEventListener("submit", this.#submit);
  }

  disconnectedCallback(): void {
    this.removeEventListener("submit", this.#submit);
  }

  #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#ask(event.target as HTMLFormElement);
  };

  async #ask(form: HTMLFormElement): Promise<void> {
    try {
      const token = new FormData(form).get("csrfmiddlewaretoken") as string;
      const body = new URLSearchParams({ csrfmiddlewaretoken: token });
      const answer = await fetch(this.getAttribute("options") ?? "", { method: "POST", body });
      // Elsewhere: the page that asks for the password comes first.
      if (answer.redirected) return location.assign(answer.url);
      const { publicKey } = (await answer.json()) as { publicKey: Told };
      const credential = await (this.getAttribute("do") === "create" ? make : show)(publicKey);
      (form.elements.namedItem("credential") as HTMLInputElement).value = JSON.stringify(credential);
      form.submit();
    } catch {
      // The browser tells nobody why, on purpose: cancelled, too slow, or no such passkey.
      this.#say("failed");
    }
  }

  #say(what: string): void {
    const line = this.querySelector("[data-said]");
    if (line) line.textContent = this.dataset[what] ?? "";
  }
}

customElements.define("passkey-form", PasskeyForm);
