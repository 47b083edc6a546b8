// Loading a style sheet when what it is for is first used.

const loading = new Map<string, Promise<void>>();

/** Loads a style sheet once; without it things are usable, if plain. */
export function style(address: string): Promise<void> {
  const before = loading.get(address);
  if (before && document.querySelector(`link[href="${CSS.escape(address)}"]`)) return before;
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: address });
  const loaded = new Promise<void>((done) => {
    link.addEventListener("load", () => done());
    link.addEventListener("error", () => done());
  });
  loading.set(address, loaded);
  document.head.append(link);
  return loaded;
}
