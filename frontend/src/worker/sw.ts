// What runs beside the pages of Hallway, and while none is open: pushes, and what is there without a connection.
//
// Served at /sw.js, for the whole site. What it does not name here goes its way as if there were no worker.
import { count, keep, lastSeen, wipe } from "./last-page";
import { worker, type Asked } from "./scope";
import { emptyPage, file } from "./shell";
import "./pushed";

const DOOR = "/accounts/";

worker.addEventListener("fetch", (event) => {
  const asked = event as Asked;
  const { request } = asked;
  const { origin, pathname, search } = new URL(request.url);
  if (origin !== location.origin) return;
  if (pathname.startsWith(DOOR)) asked.waitUntil(wipe());
  if (request.method !== "GET") return;
  const isHome = pathname === "/" && !search && isPage(request);
  if (pathname.startsWith("/static/") || pathname.startsWith("/brand/")) asked.respondWith(file(request));
  else if (isHome || request.mode === "navigate") asked.respondWith(page(asked, isHome));
});

/** Whether a whole page is asked for, by the browser or by Turbo; not a part of one, or one to compare with. */
function isPage({ mode, headers }: Request): boolean {
  return mode === "navigate" || (!headers.has("Turbo-Frame") && (headers.get("Accept") ?? "").includes("application/xhtml+xml"));
}

async function page(asked: Asked, isHome: boolean): Promise<Response> {
  const counted = count();
  try {
    const fresh = (await asked.preloadResponse) ?? (await fetch(asked.request));
    if (fresh.redirected && new URL(fresh.url).pathname.startsWith(DOOR)) asked.waitUntil(wipe());
    else if (isHome && fresh.status === 200 && !fresh.redirected) asked.waitUntil(keep(fresh, counted));
    return fresh;
  } catch (error) {
    const kept = isHome ? await lastSeen() : undefined;
    if (kept) return kept;
    if (asked.request.mode !== "navigate") throw error;
    return emptyPage();
  }
}
