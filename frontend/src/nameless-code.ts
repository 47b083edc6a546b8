// Blind signatures (RFC 9474) for questions without a name: a script of its own, loaded only where tokens are made.
import { BlindRSA, PrepareType } from "@cloudflare/blindrsa-ts/lib/src/blindrsa.js";

/** A token on its way: what was sent to be signed, and what unblinds the signature. */
export interface Blinded {
  prepared: string;
  blinded: string;
  inverse: string;
}

const ALGORITHM = { name: "RSA-PSS", hash: "SHA-384" };
const TOKEN_BYTES = 32;
const suite = new BlindRSA({ name: "RSABSSA-SHA384-PSS-Randomized", hash: "SHA-384", saltLength: 48, prepareType: PrepareType.Randomized, supportsRSARAW: false });

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function bytes(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function keyOf(pem: string): Promise<CryptoKey> {
  const der = Uint8Array.from(atob(pem.replace(/-----[^-]+-----|\s/g, "")), (letter) => letter.charCodeAt(0));
  return crypto.subtle.importKey("spki", der, ALGORITHM, true, ["verify"]);
}

/** Makes `count` tokens and hides each from the signer; `pem` is the public key of the town hall. */
export async function blind(pem: string, context: string, count: number): Promise<Blinded[]> {
  const key = await keyOf(pem);
  const made: Blinded[] = [];
  for (let number = 0; number < count; number++) {
    const prepared = suite.prepare(new TextEncoder().encode(context));
    const { blindedMsg, inv } = await suite.blind(key, prepared);
    made.push({ prepared: hex(prepared), blinded: hex(blindedMsg), inverse: hex(inv) });
  }
  return made;
}

/** Unblinds what was signed, and checks it; throws when a signature is not one of this key. */
export async function finish(pem: string, held: Blinded[], signatures: string[]): Promise<{ token: string; signature: string }[]> {
  const key = await keyOf(pem);
  return Promise.all(
    held.map(async ({ prepared, inverse }, at) => ({
      token: prepared.slice(0, 2 * TOKEN_BYTES),
      signature: hex(await suite.finalize(key, bytes(prepared), bytes(signatures[at] ?? ""), bytes(inverse))),
    })),
  );
}
