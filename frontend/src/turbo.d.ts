// The part of Turbo that Hallway uses; the package ships no types.
declare module "@hotwired/turbo" {
  export function visit(location: string, options?: { action?: "advance" | "replace" | "restore" }): void;
  export function renderStreamMessage(message: string): void;
  export interface Visit {
    readonly location: URL;
    readonly referrer?: URL;
    readonly action: "advance" | "replace" | "restore";
    readonly historyChanged: boolean;
    /** Says how to show it, when the page that is shown is being read anew. */
    readonly refresh: object;
    cancelRender(): void;
    fail(): void;
  }
  export const session: { refresh(url: string): void; readonly navigator: { readonly currentVisit?: Visit } };
  export const StreamActions: Record<string, (this: StreamElement) => void>;
  export interface StreamElement extends HTMLElement {
    readonly templateContent: DocumentFragment;
  }
}

interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createHTML?: (text: string) => string; createScriptURL?: (url: string) => string }): unknown;
}

interface Window {
  readonly trustedTypes?: TrustedTypesFactory;
}
