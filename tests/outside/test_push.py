"""Pushes: only the browser reads them, only what its person may see, and nothing in the house."""

import json
import threading
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.test import override_settings
from django.utils import timezone

from hallway.accounts.actions import end_access, end_session
from hallway.accounts.models import Session
from hallway.comments.actions import comment
from hallway.core.reaching import Unreachable, checked, is_public, post_outside
from hallway.entries.actions import Draft, delete
from hallway.notifications.actions import mark_read
from hallway.notifications.reader import follower
from hallway.outbox.models import Outgoing
from hallway.outbox.sending import send_all
from hallway.outside.actions import enroll_newcomers
from hallway.outside.models import Device, Schedule
from hallway.outside.push.encryption import encrypt, point_of, public_key
from hallway.people.models import Person
from hallway.spaces.actions import remove
from tests.world import World


def b64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def key_of(number: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(b64(number), "big"), ec.SECP256R1())


def test_it_is_encrypted_as_in_the_example_of_the_standard() -> None:
    """RFC 8291, section 5."""
    body = encrypt(
        b"When I grow up, I want to be a watermelon",
        b64(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
        ),
        b64("BTBZMqHH6r4Tts7J_aSIgg"),
        sender=key_of("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
        salt=b64("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert body == b64(
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS"
        "6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


class Browser:
    """The other end: a key, a secret, and a push service that keeps what comes."""

    def __init__(self, origin: str, number: int) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = bytes(range(16))
        self.path = f"/push/{number}"
        self.form = {
            "endpoint": f"{origin}{self.path}",
            "p256dh": urlsafe_b64encode(point_of(self.key)).decode().rstrip("="),
            "auth": urlsafe_b64encode(self.auth).decode().rstrip("="),
        }

    def read(self, body: bytes) -> dict[str, str]:
        """Decrypt (RFC 8188, RFC 8291), written apart from what encrypts."""
        salt, size = body[:16], body[20]
        sender = body[21 : 21 + size]
        shared = self.key.exchange(ec.ECDH(), public_key(sender))
        info = b"WebPush: info\0" + point_of(self.key) + sender
        ikm = HKDF(hashes.SHA256(), 32, self.auth, info).derive(shared)
        key = HKDF(hashes.SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(ikm)
        nonce = HKDF(hashes.SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(ikm)
        plain = AESGCM(key).decrypt(nonce, body[21 + size :], None)
        assert plain.endswith(b"\2")
        read: dict[str, str] = json.loads(plain[:-1])
        return read


class Service:
    """A push service in the house; `came` are paths, headers and bodies."""

    def __init__(self) -> None:
        self.came: list[tuple[str, dict[str, str], bytes]] = []
        self.status = 201
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.came.append((self.path, dict(self.headers), body))
                self.send_response(service.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.origin = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def service(world: World) -> Iterator[Service]:
    """The service, which the settings allow; it is never quiet."""
    made = Service()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    enroll_newcomers()
    Schedule.objects.update(quiet_from=None, quiet_until=None, next_at=None)
    with override_settings(PUSH_SERVICES=(made.origin,)):
        yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


def told(world: World, person: Person, service: Service) -> Browser:
    """Somebody's browser takes pushes."""
    one = Browser(service.origin, person.pk)
    assert world.browser(person).post("/settings/devices", one.form).status_code == 302
    return one


def send(service: Service) -> list[tuple[str, dict[str, str], bytes]]:
    follower().catch_up()
    service.came.clear()
    Outgoing.objects.update(due_at=timezone.now())
    send_all()
    return service.came


@pytest.mark.django_db(transaction=True)
def test_cleo_is_told_in_german_and_only_her_browser_reads_it(
    world: World, service: Service
) -> None:
    browser = told(world, world.cleo, service)
    told(world, world.ben, service)
    post = world.post(world.hall, "Do you know, @cleo?", by=world.ada)
    [(path, headers, body)] = send(service)
    assert path == browser.path
    assert b"Ada" not in body
    words = browser.read(body)
    assert words["title"] == "Ada Lund hat dich in einem Beitrag erwähnt"
    assert words["url"] == post.url
    assert headers["TTL"] == "86400"
    assert headers["Topic"] == words["tag"]
    token, key = headers["Authorization"].removeprefix("vapid t=").split(", k=")
    head, claims, signature = token.split(".")
    assert json.loads(b64(claims))["aud"] == service.origin
    r, s = (int.from_bytes(b64(signature)[at : at + 32], "big") for at in (0, 32))
    public_key(b64(key)).verify(
        encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256())
    )
    assert f'key="{key}"' in world.browser(world.cleo).get("/settings/devices").content.decode()
    assert send(service) == []
    comment(Draft("Once more, @cleo"), post, by=world.ada)
    assert len(send(service)) == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_read_gone_or_no_longer_hers_is_not_pushed(world: World, service: Service) -> None:
    told(world, world.ada, service)
    gone = world.post(world.open, "Gone @ada", by=world.ben)
    world.post(world.secret, "Secret @ada", by=world.ben)
    follower().catch_up()
    delete(gone, by=world.ben)
    remove(world.secret, world.ada, by=world.ben)
    # That she was removed from a space she no longer knows of is not said either.
    assert send(service) == []
    world.post(world.open, "Read @ada", by=world.ben)
    follower().catch_up()
    mark_read(by=world.ada)
    assert send(service) == []


@pytest.mark.django_db(transaction=True)
def test_it_waits_in_quiet_hours_and_ends_with_the_session(world: World, service: Service) -> None:
    told(world, world.cleo, service)
    hour = timezone.now().hour
    Schedule.objects.update(quiet_from=hour, quiet_until=(hour + 2) % 24, zone="UTC")
    world.post(world.hall, "Good night @cleo", by=world.ada)
    assert send(service) == []
    assert Outgoing.objects.get().due_at > timezone.now()
    Schedule.objects.update(quiet_from=None, quiet_until=None)
    end_session(Session.objects.get(person=world.cleo))
    assert not Device.objects.exists()
    assert send(service) == []
    world.browsers.clear()
    told(world, world.cleo, service)
    end_access(world.cleo, by=world.rita)
    assert not Device.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_who_is_gone_is_forgotten_and_who_is_busy_is_tried_again(
    world: World, service: Service
) -> None:
    told(world, world.cleo, service)
    world.post(world.hall, "Hello @cleo", by=world.ada)
    service.status = 503
    assert len(send(service)) == 1
    row = Outgoing.objects.get()
    assert (row.tries, row.error) == (1, "the push service says 503")
    assert row.due_at > timezone.now() + timedelta(seconds=30)
    service.status = 410
    assert len(send(service)) == 1
    assert not Device.objects.exists()
    assert not Outgoing.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_browser_is_one_persons_and_others_cannot_end_it(world: World, service: Service) -> None:
    browser = told(world, world.cleo, service)
    number = Device.objects.get().pk
    assert world.browser(world.ada).post(f"/settings/devices/{number}/end").status_code == 404
    assert world.browser(world.ada).post("/settings/devices", browser.form).status_code == 302
    assert Device.objects.get().person == world.ada, "who signs in there later is told, no one else"
    number = Device.objects.get().pk
    assert world.browser(world.ada).post(f"/settings/devices/{number}/end").status_code == 302
    assert not Device.objects.exists()
    for change in (
        {"endpoint": "http://push.example/x"},
        {"endpoint": "https://user@push.example/x"},
        {"p256dh": "BCVx"},
        {"p256dh": "é"},
        {"auth": "AAAA"},
        {"endpoint": ""},
    ):
        answer = world.browser(world.ada).post("/settings/devices", browser.form | change)
        assert answer.status_code == 422
    assert not Device.objects.exists()


def test_the_house_cannot_be_reached_by_it(monkeypatch: pytest.MonkeyPatch) -> None:
    private = "127.0.0.1 10.1.2.3 192.168.0.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1"
    disguised = "::1 fe80::1 fd00::1 ::ffff:10.0.0.1 64:ff9b::a00:1 2002:a00:1:: ff02::1 fec0::1"
    for text in f"{private} {disguised}".split():
        assert not is_public(ip_address(text)), text
    assert is_public(ip_address("93.184.216.34"))
    assert is_public(ip_address("2606:2800:220:1::1"))
    for url in ("https://localhost/x", "https://127.0.0.1/x", "https://[::1]/x"):
        with pytest.raises(Unreachable):
            post_outside(url, b"", {})
    for url in ("http://push.example/", "https://push.example:8443/", "file:///etc/passwd", "//x"):
        with pytest.raises(Unreachable):
            checked(url)


@pytest.mark.django_db(transaction=True)
def test_the_worker_is_served_at_the_root_and_never_old(world: World) -> None:
    answer = world.browser(world.ada).get("/sw.js")
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert b"notificationclick" in answer.content
