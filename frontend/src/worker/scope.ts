// The part of a worker's world that ours uses; the types of pages know nothing of it.

/** An event that is over only when `promise` is. */
export interface Lasting extends Event {
  waitUntil(promise: Promise<unknown>): void;
}

export interface Asked extends Lasting {
  readonly request: Request;
  /** What the browser has asked for by itself while this worker was starting. */
  readonly preloadResponse?: Promise<Response | undefined>;
  respondWith(answer: Promise<Response>): void;
}

export interface OpenPage {
  focus(): Promise<OpenPage>;
  navigate(url: string): Promise<unknown>;
}

interface Scope extends EventTarget {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    matchAll(options: { type: "window"; includeUncontrolled: boolean }): Promise<readonly OpenPage[]>;
    openWindow(url: string): Promise<unknown>;
    claim(): Promise<void>;
  };
  /** What the server put before this script: what is needed without a connection, under the name of these versions. */
  readonly SHELL: { readonly name: string; readonly files: readonly string[]; readonly page: string };
  skipWaiting(): Promise<void>;
}

export const worker = globalThis as unknown as Scope;
