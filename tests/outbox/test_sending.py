"""What is owed is sent, once, in spite of servers that refuse and couriers that die."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.test import override_settings
from django.utils import timezone

from hallway.accounts.actions import invite
from hallway.cli import doctor
from hallway.outbox import actions, kinds
from hallway.outbox.kinds import Done, Later
from hallway.outbox.models import Outgoing
from hallway.outbox.office import NotTaken, PostOffice
from hallway.outbox.sending import send_all
from tests.journeys.house import free_port
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


class Server:
    """A mail server with a temper; `letters` are what it has had in its hands."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, str]] = []
        self.answer = "250 OK"
        self.victim: subprocess.Popen[bytes] | None = None

    async def handle_RCPT(self, _s: Any, _n: Any, envelope: Any, to: str, _o: Any) -> str:  # noqa: N802
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(to)
        return self.answer

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        lines = envelope.content.decode().splitlines()
        number = next(line for line in lines if line.startswith("Message-ID:"))
        self.letters.append((envelope.rcpt_tos[0], number))
        if self.victim is not None and len(self.letters) == 3:
            self.victim.send_signal(signal.SIGKILL)
            self.victim.wait()
        return "250 OK"


@pytest.fixture
def server() -> Iterator[Server]:
    """The server, and the settings that lead to it."""
    handler = Server()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    handler.port = controller.port  # type: ignore[attr-defined]
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=controller.port,
        EMAIL_USE_TLS=False,
    ):
        yield handler
    controller.stop()


def invited(world: World, count: int) -> None:
    """Owe so many people an invitation."""
    for number in range(count):
        invite(f"p{number}@company.example", f"Person {number}", by=world.rita)


@pytest.mark.slow
def test_a_courier_that_is_killed_loses_nothing_and_repeats_one(
    world: World, server: Server
) -> None:
    invited(world, 5)
    smtp = f"smtp://127.0.0.1:{server.port}?security=none"  # type: ignore[attr-defined]
    courier = [
        sys.executable,
        "-c",
        "import django; django.setup();"
        "from hallway.outbox.sending import send_all; raise SystemExit(send_all() == 0)",
    ]
    with subprocess.Popen(courier, env={**os.environ, "HALLWAY_SMTP_URL": smtp}) as first:
        server.victim = first
    assert first.returncode == -signal.SIGKILL
    server.victim = None
    assert Outgoing.objects.count() == 3, "two are done for good, one was in hand"
    assert send_all() == 0, "its lease has not ended"
    Outgoing.objects.update(due_at=timezone.now())
    assert send_all() == 3
    times = Counter(to for to, _ in server.letters)
    assert sorted(times.values()) == [1, 1, 1, 1, 2]
    assert len(times) == 5
    again = [number for to, number in server.letters if times[to] == 2]
    assert again[0] == again[1], "whoever receives it can tell that it is the same"
    assert not Outgoing.objects.exists()


def test_who_is_refused_for_good_is_given_up_and_the_doctor_says_so(
    world: World, server: Server
) -> None:
    invited(world, 1)
    assert doctor.outbox()[0]
    server.answer = "451 not now"
    send_all()
    row = Outgoing.objects.get()
    assert (row.tries, row.error, row.failed_at) == (1, "refused: [451]", None)
    assert timedelta(seconds=50) < row.due_at - timezone.now() < timedelta(seconds=61)
    server.answer = "550 nobody here p0@company.example"
    Outgoing.objects.update(due_at=timezone.now())
    send_all()
    row.refresh_from_db()
    assert row.failed_at is not None
    assert "company.example" not in row.error
    good, sentence = doctor.outbox()
    assert not good
    assert "1 mails or pushes were given up" in sentence
    server.answer = "250 OK"
    invited(world, 1)
    send_all()
    assert [to for to, _ in server.letters] == ["p0@company.example"], "asked anew, it goes out"


def test_while_the_server_is_away_nothing_counts_as_tried(world: World) -> None:
    invited(world, 3)
    nobody = free_port()
    with (
        override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=nobody,
        ),
        PostOffice() as office,
    ):
        for row in actions.claim(20):
            with pytest.raises(NotTaken) as told:
                kinds.sender_of(row.kind)(row, office)
            actions.put_back(row, told.value)
    assert {row.tries for row in Outgoing.objects.all()} == {0}
    Outgoing.objects.update(posted_at=timezone.now() - timedelta(minutes=16))
    good, sentence = doctor.outbox()
    assert not good
    assert "3 mails or pushes wait since" in sentence
    assert "the mail server is away" in sentence or "ConnectionRefusedError" in sentence


def test_two_couriers_send_each_thing_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[int] = []
    monkeypatch.setitem(kinds._senders, "test", lambda row, _: sent.append(row.pk) or Done())
    rows = [Outgoing(kind="test", key=str(number), due_at=timezone.now()) for number in range(60)]
    actions.post_all(rows)

    def work() -> None:
        from django.db import connection

        send_all()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert len(sent) == len(set(sent)) == 60


def test_what_is_posted_again_while_it_is_sent_is_sent_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions: list[int] = []

    def send(row: Outgoing, _office: PostOffice) -> Done | Later:
        versions.append(row.about["version"])
        if len(versions) == 1:
            actions.post("test", "one", person=None, version=2)
        return Done()

    monkeypatch.setitem(kinds._senders, "test", send)
    actions.post("test", "one", person=None, version=1)
    send_all()
    assert versions == [1, 2]
    assert not Outgoing.objects.exists()


def test_a_mail_that_cannot_be_written_holds_up_nobody(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_row: Outgoing, _office: PostOffice) -> Done | Later:
        raise RuntimeError("a surprise")

    monkeypatch.setitem(kinds._senders, "test", broken)
    actions.post("test", "one", person=None)
    invited(world, 1)
    send_all()
    assert len(mail.outbox) == 1
    row = Outgoing.objects.get()
    assert (row.error, row.tries) == ("RuntimeError", 1)
