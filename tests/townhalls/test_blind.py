"""Blind signatures are those of RFC 9474, and the browser's library agrees."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from hallway.townhalls import blind
from hallway.townhalls.blind import BadBlinded, Key, SigningFailed, is_good, sign, verify
from tests.townhalls.tokens import blind as blind_message

HERE = Path(__file__).parent
VECTOR = json.loads((HERE / "rfc9474.json").read_text())


def key_of(p: int, q: int) -> Key:
    """The key with these primes, in PEM."""
    n, d = p * q, pow(65537, -1, (p - 1) * (q - 1))
    numbers = rsa.RSAPrivateNumbers(
        p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), rsa.RSAPublicNumbers(65537, n)
    )
    private = numbers.private_key()
    public = private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    kept = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return Key(public.decode(), kept.decode())


@pytest.fixture(scope="module")
def key() -> Key:
    return blind.new_key()


def test_the_test_vector_of_the_standard() -> None:
    number = {name: int(VECTOR[name], 16) for name in ("p", "q", "inv")}
    data = {name: bytes.fromhex(VECTOR[name]) for name in VECTOR if name != "source"}
    key = key_of(number["p"], number["q"])
    n = number["p"] * number["q"]
    blinded = blind_message(n, 65537, data["prepared"], data["salt"], pow(number["inv"], -1, n))
    assert blinded.message == data["blinded"]
    assert sign(key.private, blinded.message) == data["blind_signature"]
    assert blinded.finish(data["blind_signature"]) == data["signature"]
    assert verify(key.public, data["prepared"], data["signature"])
    assert not verify(key.public, data["prepared"] + b"!", data["signature"])
    assert not verify(key.public, data["prepared"], data["blind_signature"])


def test_what_the_browsers_library_makes_is_good(key: Key) -> None:
    told = {"public": key.public, "context": blind.CONTEXT.decode(), "count": 3}
    with subprocess.Popen(
        ["node", str(HERE / "client.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as node:
        assert node.stdin
        assert node.stdout
        node.stdin.write(json.dumps(told) + "\n")
        node.stdin.flush()
        blinded = json.loads(node.stdout.readline())["blinded"]
        signed = [sign(key.private, bytes.fromhex(each)).hex() for each in blinded]
        node.stdin.write(json.dumps({"signatures": signed}) + "\n")
        node.stdin.flush()
        tokens = json.loads(node.stdout.readline())["tokens"]
    assert len(tokens) == 3
    for each in tokens:
        token, signature = bytes.fromhex(each["token"]), bytes.fromhex(each["signature"])
        assert is_good(key.public, token, signature)
        assert not is_good(key.public, token[::-1], signature)
        assert not is_good(blind.new_key().public, token, signature)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda n, size: b"\x01" * (size - 1),
        lambda n, size: b"\x00" + b"\x01" * size,
        lambda n, size: n.to_bytes(size, "big"),
        lambda n, size: b"\xff" * size,
        lambda n, size: b"",
    ],
    ids=["short", "long", "the modulus", "beyond it", "nothing"],
)
def test_what_is_no_number_below_the_modulus_is_not_signed(
    key: Key, spoil: Callable[[int, int], bytes]
) -> None:
    public = serialization.load_pem_public_key(key.public.encode())
    assert isinstance(public, rsa.RSAPublicKey)
    n = public.public_numbers().n
    with pytest.raises(BadBlinded):
        sign(key.private, spoil(n, (n.bit_length() + 7) // 8))


def test_a_signature_that_came_out_wrong_is_kept(key: Key, monkeypatch: pytest.MonkeyPatch) -> None:
    """One wrong half would give the primes away (Boneh, DeMillo and Lipton, 1997)."""
    power = blind._power
    monkeypatch.setattr(blind, "_power", lambda numbers, message: power(numbers, message) ^ 1)
    with pytest.raises(SigningFailed):
        sign(key.private, b"\x01" * 256)
