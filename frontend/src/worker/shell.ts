// What is there without a connection: styles, scripts and icons of one version, and a page that says that there is none.
import { worker, type Lasting } from "./scope";
import { PAGES } from "./last-page";

const { name, files, page } = worker.SHELL;

worker.addEventListener("install", (event) => (event as Lasting).waitUntil(fill().then(() => worker.skipWaiting())));
worker.addEventListener("activate", (event) => (event as Lasting).waitUntil(takeOver()));

async function fill(): Promise<void> {
  const shelf = await caches.open(name);
  await shelf.addAll([...files]);
  // As nobody in particular, so that it is the same for whoever holds the device.
  const empty = await fetch(page, { credentials: "omit" });
  if (!empty.ok) throw new Error(`${page} answered ${empty.status}`);
  await shelf.put(page, empty);
}

async function takeOver(): Promise<void> {
  for (const other of await caches.keys()) if (other !== name && other !== PAGES) await caches.delete(other);
  // Pages are asked for while the worker starts, so that with it none comes later than without.
  await worker.registration.navigationPreload.enable();
  await worker.clients.claim();
}

/** A file whose address changes with its bytes: from the shelf, else from the server and onto the shelf. */
export async function file(request: Request): Promise<Response> {
  const shelf = await caches.open(name);
  const there = await shelf.match(request);
  if (there) return there;
  const fetched = await fetch(request);
  if (fetched.status === 200 && fetched.type === "basic") await shelf.put(request, fetched.clone());
  return fetched;
}

/** The page that says that there is no connection. */
export async function emptyPage(): Promise<Response> {
  return (await (await caches.open(name)).match(page)) ?? Response.error();
}
