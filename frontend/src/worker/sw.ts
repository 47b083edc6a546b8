// What runs while no page of Hallway is open: shows what is pushed, and opens what it is about.
//
// Served at /sw.js, for the whole site. A push is written for this browser alone and cannot be read on its way.

interface Pushed {
  title: string;
  body: string;
  url: string;
  tag: string;
  lang: string;
}

interface Ended extends Event {
  waitUntil(promise: Promise<unknown>): void;
}

interface Worker extends EventTarget {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    matchAll(options: { type: "window"; includeUncontrolled: boolean }): Promise<readonly Window_[]>;
    openWindow(url: string): Promise<unknown>;
    claim(): Promise<void>;
  };
  skipWaiting(): Promise<void>;
}

interface Window_ {
  focus(): Promise<Window_>;
  navigate(url: string): Promise<unknown>;
}

const worker = globalThis as unknown as Worker;

worker.addEventListener("install", (event) => (event as Ended).waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event) => (event as Ended).waitUntil(worker.clients.claim()));

worker.addEventListener("push", (event) => {
  const { data } = event as Event & { data: { json(): Pushed } | null };
  if (!data) return;
  const { title, body, url, tag, lang } = data.json();
  const shown = worker.registration.showNotification(title, { body, tag, lang, data: url, badge: "/favicon.ico" });
  (event as Ended).waitUntil(shown);
});

worker.addEventListener("notificationclick", (event) => {
  const { notification } = event as Event & { notification: Notification };
  notification.close();
  (event as Ended).waitUntil(open(String(notification.data)));
});

/** Shows an address of ours in a page that is open already, or else in a new one. */
async function open(path: string): Promise<void> {
  const url = new URL(path, location.origin);
  if (url.origin !== location.origin) return;
  const [page] = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (page) await (await page.focus()).navigate(url.href);
  else await worker.clients.openWindow(url.href);
}

export {};
