// The library of the browser, run by Node.js: prepares, blinds and finishes tokens of one key.
// Reads one JSON line {public, context, count}, writes {blinded}; reads {signatures}, writes {tokens}.
import { createInterface } from "node:readline";
import { RSABSSA } from "../../frontend/node_modules/@cloudflare/blindrsa-ts/lib/src/index.js";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const read = async () => JSON.parse((await lines.next()).value);
const hex = (bytes) => Buffer.from(bytes).toString("hex");

const { public: pem, context, count } = await read();
const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ""), "base64");
const key = await crypto.subtle.importKey("spki", der, { name: "RSA-PSS", hash: "SHA-384" }, true, ["verify"]);
const suite = RSABSSA.SHA384.PSS.Randomized();
const held = [];
for (let number = 0; number < count; number++) {
  const prepared = suite.prepare(new TextEncoder().encode(context));
  held.push({ prepared, ...(await suite.blind(key, prepared)) });
}
console.log(JSON.stringify({ blinded: held.map((each) => hex(each.blindedMsg)) }));
const { signatures } = await read();
const tokens = await Promise.all(
  held.map(async ({ prepared, inv }, at) => ({
    token: hex(prepared.slice(0, 32)),
    signature: hex(await suite.finalize(key, prepared, Buffer.from(signatures[at], "hex"), inv)),
  })),
);
console.log(JSON.stringify({ tokens }));
process.exit(0);
