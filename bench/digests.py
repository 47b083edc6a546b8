"""Digests for 10,000 people: what one mail costs, against bare building of the same message.

Everybody is owed a digest of a day, with notices and posts of their spaces, and the outbox is sent
as the courier sends it: claimed, read through the access rule, written in both parts, handed over,
forgotten. The mail server is a sink, so that only our own work is counted, in time of a processor.

    python -m bench.digests [people]
"""

import sys
import tempfile
import time
from datetime import timedelta
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from bench.filling import NOW, Size, fill
from bench.home import postgres_cpu
from bench.ready import begin, show

ENTRIES_PER_PERSON = 20
NOTICES = 3  # for each person
WARM = 20  # mails that are not counted: the first ones load templates and translations

_sent: list[bytes] = []


class Sink(BaseEmailBackend):
    """A mail server that takes everything: the message as it would travel."""

    def send_messages(self, messages: list[EmailMessage]) -> int:  # type: ignore[override]
        """Take them."""
        _sent.extend(message.message().as_bytes() for message in messages)
        return len(messages)


def main() -> int:
    """Print a table; 0 when everybody has their digest."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory(prefix="hallway-bench-") as folder:
        begin(folder)
        figures = measure(people)
    times = figures["cpu"] / figures["bare"]
    show(
        [
            ("mails, of people", f"{figures['mails']:,} / {people:,}", "all"),
            ("bytes of a mail", f"{figures['bytes']:,.0f}", ""),
            ("one digest, processor", f"{figures['cpu']:.2f} ms", ""),
            ("of it PostgreSQL", f"{figures['store']:.2f} ms", ""),
            ("bare message, processor", f"{figures['bare']:.2f} ms", ""),
            ("ratio", f"{times:.1f}", ""),
            ("all sent, one courier", f"{figures['seconds']:.1f} s", ""),
        ]
    )
    return int(figures["mails"] < people)


def measure(people: int) -> dict[str, float]:
    """Fill, owe, send; returns milliseconds of processor for each mail, and the bare ones."""
    from django.conf import settings
    from django.db import connection

    from hallway.outbox.office import PostOffice
    from hallway.outbox.sending import send_all, send_due
    from hallway.outside.actions.owe import enroll, owe_digests
    from hallway.outside.models import Schedule

    settings.EMAIL_BACKEND = "bench.digests.Sink"
    fill(Size(people, people * ENTRIES_PER_PERSON))
    _notify(people)
    enroll()
    Schedule.objects.update(
        next_at=NOW, begun_at=NOW - timedelta(days=1), covered_until=NOW - timedelta(days=1),
        quiet_from=None, quiet_until=None,
    )  # fmt: skip
    owe_digests()
    with PostOffice() as office:
        while len(_sent) < min(WARM, people) and send_due(office):
            pass
    warm = len(_sent)
    on_server = connection.vendor == "postgresql"
    began, used = time.monotonic(), time.process_time()
    store = postgres_cpu() if on_server else 0.0
    send_all()
    seconds, used = time.monotonic() - began, time.process_time() - used
    store = postgres_cpu() - store if on_server else 0.0
    mails = len(_sent) - warm
    return {
        "mails": len(_sent),
        "bytes": sum(map(len, _sent)) / len(_sent),
        "seconds": seconds,
        "cpu": (used + store) / mails * 1000,
        "store": store / mails * 1000,
        "bare": _bare(_sent[: min(mails, 500)]),
    }


def _notify(people: int) -> None:
    """Give everybody some notices of today: somebody has mentioned them in one of their spaces."""
    from hallway.core.guarding import as_system
    from hallway.entries.models import Entry
    from hallway.notifications.models import Notification

    with as_system("the bench mentions everybody"):
        newest = Entry.objects.filter(space_id=1).order_by("-pk").values_list("pk", "author_id")
        posts = list(newest[:NOTICES])
        rows = (
            Notification(
                person_id=person, kind="mention", about_id=post, latest_id=post, actor_id=author,
                actors=[author], bumped_at=NOW,
            )
            for person in range(1, people + 1)
            for post, author in posts
        )  # fmt: skip
        Notification.objects.bulk_create(rows, batch_size=2_000)


def _bare(mails: list[bytes]) -> float:
    """Milliseconds of processor to build such messages from finished words."""
    import email
    from email.policy import default

    parts: list[Any] = []
    for mail in mails:
        message = email.message_from_bytes(mail, policy=default)
        bodies = [message.get_body((kind,)) for kind in ("plain", "html")]
        words = [body.get_content() for body in bodies if body is not None]
        parts.append((str(message["Subject"]), str(message["To"]), *words))
    began = time.process_time()
    for subject, to, text, html in parts:
        made = EmailMultiAlternatives(subject=subject, body=text, to=[to])
        made.attach_alternative(html, "text/html")
        made.message().as_bytes()
    return (time.process_time() - began) / len(parts) * 1000


if __name__ == "__main__":
    # By its own name, under which the settings know the sink.
    from bench import digests

    sys.exit(digests.main())
