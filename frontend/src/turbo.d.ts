// The part of Turbo that Hallway uses; the package ships no types.
declare module "@hotwired/turbo" {
  export function visit(location: string, options?: { action?: "advance" | "replace" | "restore" }): void;
  export function renderStreamMessage(message: string): void;
  export const session: { refresh(url: string): void };
  export const StreamActions: Record<string, (this: StreamElement) => void>;
  export interface StreamElement extends HTMLElement {
    readonly templateContent: DocumentFragment;
  }
}

interface TrustedTypesFactory {
  createPolicy(name: string, rules: { createHTML?: (text: string) => string }): unknown;
}

interface Window {
  readonly trustedTypes?: TrustedTypesFactory;
}
