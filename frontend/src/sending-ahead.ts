// Sending a picture ahead of the post it is for: one after the other, since the server reads one of each person at a time.
import { token } from "./pages";

export interface Kept {
  /** The number under which the server keeps it for the sender. */
  upload: number;
  url: string;
}

/** The server's own sentence about what is wrong with a picture; "" when it gave none. */
export class Refused extends Error {}

let last: Promise<unknown> = Promise.resolve();

/** Sends `file` to `address` when those before it are through; `told` hears which share has left. Throws Refused. */
export function sendAhead(address: string, file: File, told: (share: number) => void, given: AbortSignal): Promise<Kept> {
  const sent = last.then(() => travel(address, file, told, given));
  last = sent.catch(() => undefined);
  return sent;
}

// Not fetch(), which does not say how much of a body has left.
function travel(address: string, file: File, told: (share: number) => void, given: AbortSignal): Promise<Kept> {
  return new Promise((done, refused) => {
    if (given.aborted) return refused(new Refused());
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("csrfmiddlewaretoken", token());
    body.append("image", file);
    request.open("POST", address);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => event.lengthComputable && told(event.loaded / event.total));
    request.addEventListener("load", () => {
      const answer = request.response as (Partial<Kept> & { error?: string }) | null;
      if (request.status === 201 && answer?.upload) done(answer as Kept);
      else refused(new Refused(answer?.error ?? ""));
    });
    request.addEventListener("error", () => refused(new Refused()));
    request.addEventListener("abort", () => refused(new Refused()));
    given.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}
