// Asking the server for things besides a page visit: the token that lets a post through, and posts of few words.

/** The token against forged posts, from the one form every page has. */
export function token(): string {
  return document.querySelector<HTMLInputElement>("#act [name=csrfmiddlewaretoken]")?.value ?? "";
}

/** Posts `fields` to `address` as a form would; a redirect counts as done and is not followed. */
export async function post(address: string, fields: Record<string, string> = {}): Promise<Response> {
  const response = await fetch(address, {
    method: "POST",
    body: new URLSearchParams({ ...fields, csrfmiddlewaretoken: token() }),
    headers: { Accept: "text/vnd.turbo-stream.html, text/html" },
    redirect: "manual",
  });
  if (!response.ok && response.type !== "opaqueredirect") throw new Error(`${address} answered ${response.status}`);
  return response;
}

/** Reads a page without showing it. Throws when it is not a page of ours. */
export async function read(address: string): Promise<Document> {
  const response = await fetch(address, { headers: { Accept: "text/html" } });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/** The language the page is written in. */
export function language(): string {
  return document.documentElement.lang || "en";
}
