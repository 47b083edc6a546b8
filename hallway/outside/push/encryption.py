"""Words that only one browser can read (RFC 8291), and our name to its push service (RFC 8292)."""

import json
import os
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
RECORD = 4096
MOST_PLAIN = RECORD - 16 - 1 - 86
"""What fits into one record beside the tag, the delimiter and the header."""

TOKEN_SECONDS = 12 * 3600


def encrypt(
    plain: bytes,
    receiver: bytes,
    secret: bytes,
    *,
    sender: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The body of a push: `plain` for the browser with the key `receiver` and its `secret`.

    `sender` and `salt` are made anew for each; tests give those of the RFC. Raises ValueError for
    a key that is no point of the curve, or too many bytes.
    """
    if len(plain) > MOST_PLAIN:
        raise ValueError("too long for one record")
    sender = sender or ec.generate_private_key(CURVE)
    salt = salt or os.urandom(16)
    shared = sender.exchange(ec.ECDH(), public_key(receiver))
    own = point_of(sender)
    key_info = b"WebPush: info\0" + receiver + own
    key = _derive(32, secret, key_info, shared)
    content = _derive(16, salt, b"Content-Encoding: aes128gcm\0", key)
    nonce = _derive(12, salt, b"Content-Encoding: nonce\0", key)
    header = salt + RECORD.to_bytes(4, "big") + bytes([len(own)]) + own
    # The delimiter 2 says that this is the last record (RFC 8188).
    return header + AESGCM(content).encrypt(nonce, plain + b"\2", None)


def public_key(point: bytes) -> ec.EllipticCurvePublicKey:
    """The key at an uncompressed point. Raises ValueError if the curve has no such point."""
    return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, point)


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public half of a key as an uncompressed point."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def own_key() -> ec.EllipticCurvePrivateKey:
    """Our key to push services, which follows from the secret key of this installation.

    So it is as old as that, lies nowhere else, and every process has it.
    """
    return _own_key(settings.SECRET_KEY)


def own_name() -> str:
    """What browsers are told of it when they subscribe."""
    return encoded(point_of(own_key()))


def authorization(endpoint: str) -> str:
    """The header by which the push service of `endpoint` knows that it is us."""
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int(time.time()) + TOKEN_SECONDS,
        "sub": f"mailto:{settings.CONFIG.mail_from}",
    }
    head = encoded(b'{"typ":"JWT","alg":"ES256"}')
    signed = f"{head}.{encoded(json.dumps(claims).encode())}"
    signature = own_key().sign(signed.encode(), ec.ECDSA(hashes.SHA256()))
    r, s = decode_dss_signature(signature)
    token = f"{signed}.{encoded(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"
    return f"vapid t={token}, k={own_name()}"


def encoded(data: bytes) -> str:
    """Base64 as browsers write it: for addresses, without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes behind such a text. Raises ValueError."""
    if not text.isascii():
        raise ValueError("not base64")
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@lru_cache(maxsize=2)
def _own_key(secret_key: str) -> ec.EllipticCurvePrivateKey:
    # 16 bytes more than the order has, so that no number is likelier than another.
    seed = _derive(48, b"", b"hallway.outside.push", secret_key.encode())
    return ec.derive_private_key(int.from_bytes(seed, "big") % (ORDER - 1) + 1, CURVE)


def _derive(length: int, salt: bytes, info: bytes, secret: bytes) -> bytes:
    return HKDF(hashes.SHA256(), length, salt or None, info).derive(secret)
