"""The browser's side of questions without a name, for tests: blind, unblind, ask."""

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.test import Client

from hallway.townhalls.blind import CONTEXT, SALT_BYTES


def mask(seed: bytes, length: int) -> bytes:
    """MGF1 with SHA-384 (RFC 8017, appendix B.2.1)."""
    blocks = (
        hashlib.sha384(seed + at.to_bytes(4, "big")).digest() for at in range(-(-length // 48))
    )
    return b"".join(blocks)[:length]


def encode(message: bytes, bits: int, salt: bytes) -> int:
    """EMSA-PSS-ENCODE (RFC 8017, section 9.1.1)."""
    size = -(-bits // 8)
    hashed = hashlib.sha384(bytes(8) + hashlib.sha384(message).digest() + salt).digest()
    block = bytes(size - len(salt) - 48 - 2) + b"\x01" + salt
    masked = int.from_bytes(block, "big") ^ int.from_bytes(mask(hashed, len(block)), "big")
    masked &= (1 << (8 * len(block) - (8 * size - bits))) - 1
    return int.from_bytes(masked.to_bytes(len(block), "big") + hashed + b"\xbc", "big")


@dataclass(frozen=True)
class Blinded:
    """What one sends to be signed, and what one keeps to unblind the signature."""

    message: bytes
    inverse: int
    n: int

    def finish(self, signature: bytes) -> bytes:
        """Unblind."""
        return (int.from_bytes(signature, "big") * self.inverse % self.n).to_bytes(
            len(self.message), "big"
        )


def blind(n: int, e: int, message: bytes, salt: bytes, r: int) -> Blinded:
    """Blind of RFC 9474, section 4.2, with its random numbers given."""
    encoded = encode(message, n.bit_length() - 1, salt)
    size = (n.bit_length() + 7) // 8
    return Blinded((encoded * pow(r, e, n) % n).to_bytes(size, "big"), pow(r, -1, n), n)


@dataclass
class Wallet:
    """The tokens of one browser in one hall."""

    hall: int
    tokens: list[bytes] = field(default_factory=list)
    signatures: list[bytes] = field(default_factory=list)
    blinded: list[Blinded] = field(default_factory=list)

    def fill(self, browser: Client) -> Any:
        """Make tokens and have them signed with the person's session, as the page does."""
        if not self.blinded:
            self.prepare(browser.get(f"/halls/{self.hall}/tokens").json())
        return self.send(browser)

    def prepare(self, known: dict[str, Any]) -> None:
        """Make and blind as many tokens as the hall gives."""
        key = load_pem_public_key(known["public_key"].encode())
        assert isinstance(key, rsa.RSAPublicKey)
        n, e = key.public_numbers().n, key.public_numbers().e
        for _ in range(known["tokens"]):
            token = secrets.token_bytes(32)
            self.tokens.append(token)
            salt, r = secrets.token_bytes(SALT_BYTES), secrets.randbelow(n - 2) + 2
            self.blinded.append(blind(n, e, token + CONTEXT, salt, r))

    def send(self, browser: Client) -> Any:
        """Send the blinded tokens, and unblind what comes back."""
        body = {"blinded": [each.message.hex() for each in self.blinded]}
        answer = browser.post(f"/halls/{self.hall}/tokens", body, "application/json")
        if answer.status_code == 200:
            signed = [bytes.fromhex(each) for each in answer.json()["signatures"]]
            pairs = zip(self.blinded, signed, strict=True)
            self.signatures = [each.finish(signature) for each, signature in pairs]
        return answer

    def asking(self, text: str, number: int = 0, secret: bytes = b"s" * 32) -> dict[str, str]:
        """What is sent to ask with one of the tokens."""
        return {
            "do": "ask",
            "token": self.tokens[number].hex(),
            "signature": self.signatures[number].hex(),
            "secret": secret.hex(),
            "text": text,
        }

    def ask(self, text: str, number: int = 0, secret: bytes = b"s" * 32) -> Any:
        """Ask with one of the tokens, from a browser that shows no cookie."""
        return say(self.hall, self.asking(text, number, secret))


def say(hall: int, body: object, browser: Client | None = None, **headers: str) -> Any:
    """Post to the address that knows nobody."""
    browser = browser or Client(enforce_csrf_checks=True)
    return browser.post(f"/halls/{hall}/nameless", body, "application/json", headers=headers)
