// One's own home page as it was last, to be read without a connection and never instead of a fresh one.
//
// It goes when somebody passes the door in either direction, so nobody finds what was another's.

export const PAGES = "pages";

const KEPT_SINCE = "X-Kept-Since";
const LONGEST = 7 * 24 * 3_600_000;

// A page that was asked for before somebody left must not be kept after it.
let wiped = 0;
let last: Promise<unknown> = Promise.resolve();

/** How often all has been forgotten; what was asked for at another count is not kept. */
export function count(): number {
  return wiped;
}

/** Keeps a copy of `page`, the home page that was asked for at `counted`. */
export function keep(page: Response, counted: number): Promise<unknown> {
  const copy = page.clone();
  return inTurn(async () => {
    const body = await copy.text();
    const headers = new Headers(copy.headers);
    headers.set(KEPT_SINCE, new Date().toISOString());
    for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
    if (counted === wiped) await (await caches.open(PAGES)).put("/", new Response(body, { headers }));
  });
}

/** Forgets every page. */
export function wipe(): Promise<unknown> {
  wiped += 1;
  return inTurn(() => caches.delete(PAGES));
}

/** The copy, marked with its time for the page's script to say it; none if there is none, or an old one. */
export async function lastSeen(): Promise<Response | undefined> {
  const kept = await (await caches.open(PAGES)).match("/");
  const since = kept?.headers.get(KEPT_SINCE);
  if (!kept || !since || Date.now() - Date.parse(since) > LONGEST) return undefined;
  const body = await kept.text();
  const marked = body
    .replace("<body ", `<body data-kept="${since}" `)
    // Once there is a connection, "back" must not lead to it again.
    .replace("</title>", '</title><meta name="turbo-cache-control" content="no-cache">');
  return new Response(marked, { headers: kept.headers });
}

function inTurn(deed: () => Promise<unknown>): Promise<unknown> {
  const done = last.then(deed);
  last = done.catch(() => undefined);
  return done;
}
