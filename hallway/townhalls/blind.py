"""Blind signatures (RFC 9474, RSABSSA-SHA384-PSS-Randomized): keys, blind signing, verifying.

A token is the 32 random bytes that the RFC calls msg_prefix; what is signed is the token and
`CONTEXT` after it. The signer sees neither: only the blinded message, which could hide any token.
"""

import hashlib
import secrets
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

ALGORITHM = "RSABSSA-SHA384-PSS-Randomized"
CONTEXT = b"hallway: a question without a name"
KEY_BITS = 2048
TOKEN_BYTES = 32
SALT_BYTES = 48  # as many as the hash has, RFC 9474, section 5


class Key(NamedTuple):
    """An RSA key pair in PEM."""

    public: str
    private: str


class BadBlinded(ValueError):
    """The blinded message is no number that this key can sign."""


class SigningFailed(RuntimeError):
    """The signature came out wrong, so it is kept: a wrong one can give the key away."""


def new_key() -> Key:
    """Make the key of one town hall; takes a tenth of a second."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    return Key(
        public=private.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode(),
        private=private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ).decode(),
    )


def sign(private: str, blinded: bytes) -> bytes:
    """Sign one blinded message with the private key (PEM), as BlindSign of RFC 9474, section 4.3.

    Raises BadBlinded for a message of another length than the key or not below its modulus, and
    SigningFailed when a fault made the result wrong.
    """
    # Not checked again: the key comes from `new_key`, and the check takes longer than the rest.
    loaded = serialization.load_pem_private_key(
        private.encode(), None, unsafe_skip_rsa_key_validation=True
    )
    if not isinstance(loaded, rsa.RSAPrivateKey):
        raise TypeError("the key of a town hall is an RSA key")
    numbers = loaded.private_numbers()
    n, e = numbers.public_numbers.n, numbers.public_numbers.e
    size = (n.bit_length() + 7) // 8
    message = int.from_bytes(blinded, "big")
    if len(blinded) != size or message >= n:
        raise BadBlinded
    # Blinded once more by ourselves: how long it takes tells nothing about the key (Kocher, 1996).
    mask = secrets.randbelow(n - 1) + 1
    signature = _power(numbers, message * pow(mask, e, n) % n) * pow(mask, -1, n) % n
    if pow(signature, e, n) != message:
        raise SigningFailed
    return signature.to_bytes(size, "big")


def _power(numbers: rsa.RSAPrivateNumbers, message: int) -> int:
    """The message to the power of the private exponent (RFC 8017, section 5.2.1, form b)."""
    first = pow(message, numbers.dmp1, numbers.p)
    second = pow(message, numbers.dmq1, numbers.q)
    return second + numbers.q * ((first - second) * numbers.iqmp % numbers.p)


def is_good(public: str, token: bytes, signature: bytes) -> bool:
    """Whether `signature` makes `token` good under the public key (PEM)."""
    return len(token) == TOKEN_BYTES and verify(public, token + CONTEXT, signature)


def verify(public: str, message: bytes, signature: bytes) -> bool:
    """Check a finished signature: plain RSASSA-PSS with SHA-384. Raises ValueError for no key."""
    key = serialization.load_pem_public_key(public.encode())
    if not isinstance(key, rsa.RSAPublicKey):
        raise TypeError("the key of a town hall is an RSA key")
    scheme = padding.PSS(mgf=padding.MGF1(hashes.SHA384()), salt_length=SALT_BYTES)
    try:
        key.verify(signature, message, scheme, hashes.SHA384())
    except InvalidSignature:
        return False
    return True


def fingerprint(public: str) -> str:
    """Eight groups of four digits by which people compare the public key (PEM) they were given."""
    key = serialization.load_pem_public_key(public.encode())
    der = key.public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    digits = hashlib.sha256(der).hexdigest()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))
