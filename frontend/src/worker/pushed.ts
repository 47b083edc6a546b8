// Shows what is pushed, and opens what it is about. A push is written for this browser alone and cannot be read on its way.
import { worker, type Lasting } from "./scope";

interface Pushed {
  title: string;
  body: string;
  url: string;
  tag: string;
  lang: string;
}

worker.addEventListener("push", (event) => {
  const { data } = event as Event & { data: { json(): Pushed } | null };
  if (!data) return;
  const { title, body, url, tag, lang } = data.json();
  const shown = worker.registration.showNotification(title, { body, tag, lang, data: url, badge: "/favicon.ico" });
  (event as Lasting).waitUntil(shown);
});

worker.addEventListener("notificationclick", (event) => {
  const { notification } = event as Event & { notification: Notification };
  notification.close();
  (event as Lasting).waitUntil(open(String(notification.data)));
});

/** Shows an address of ours in a page that is open already, or else in a new one. */
async function open(path: string): Promise<void> {
  const url = new URL(path, location.origin);
  if (url.origin !== location.origin) return;
  const [page] = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (page) await (await page.focus()).navigate(url.href);
  else await worker.clients.openWindow(url.href);
}
