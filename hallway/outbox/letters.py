"""Mail: what a composer writes, and how it becomes a message."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from hallway.outbox.kinds import Done, Later, Sender, nothing
from hallway.outbox.models import Outgoing
from hallway.outbox.office import PostOffice


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail as it is to be sent now; `then` is called when it has been."""

    to: str
    subject: str
    text: str
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    then: Callable[[], None] = nothing


Composer = Callable[[Outgoing], Letter | Later | None]
"""Writes the mail of a row as things are now, in its person's language; None: nothing to say."""


def mailed(compose: Composer) -> Sender:
    """The sender of rows whose mails `compose` writes."""

    def send(row: Outgoing, office: PostOffice) -> Done | Later:
        letter = compose(row)
        if letter is None:
            return Done()
        if isinstance(letter, Later):
            return letter
        office.send(message_of(letter, row))
        return Done(letter.then)

    return send


def message_of(letter: Letter, row: Outgoing) -> EmailMultiAlternatives:
    """The message, with the number of its row in the Message-ID: a repetition has the same."""
    domain = settings.CONFIG.mail_from.rpartition("@")[2]
    message = EmailMultiAlternatives(
        subject=" ".join(letter.subject.split()),
        body=letter.text,
        to=[letter.to],
        headers={
            "Message-ID": f"<{row.number}@{domain}>",
            # So that absence notes are not sent in return (RFC 3834).
            "Auto-Submitted": "auto-generated",
            **letter.headers,
        },
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message
