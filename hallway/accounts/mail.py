"""Mail about access: plain text, in the receiver's language, from the configured sender."""

import logging
from collections.abc import Callable
from smtplib import SMTPException
from threading import Thread
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from hallway.people.models import Person

log = logging.getLogger(__name__)


class NotSent(Exception):
    """The mail server did not take the mail; the words are its own."""


def compose(
    person: Person, subject: Callable[[], str], name: str, context: dict[str, Any]
) -> EmailMessage:
    """Write `accounts/mail/<name>.txt` to `person`; `subject` is asked in their language."""
    with translation.override(person.language):
        given = {"person": person, "company": settings.CONFIG.company, **context}
        body = render_to_string(f"accounts/mail/{name}.txt", given)
        return EmailMessage(subject=subject(), body=body, to=[person.email])


def send(message: EmailMessage) -> None:
    """Send now; raises NotSent."""
    try:
        message.send()
    except (SMTPException, OSError) as error:
        raise NotSent(str(error)) from error


def post(write: Callable[[], EmailMessage]) -> Thread:
    """Write and send a mail aside, without keeping anybody waiting; a failure goes to the log."""
    thread = Thread(target=_deliver, args=(write,), name="mail")
    thread.start()
    return thread


def _deliver(write: Callable[[], EmailMessage]) -> None:
    try:
        send(write())
    except NotSent as error:
        # The server's words may hold the address, so only their kind is kept.
        log.error("A mail was not sent: %s", type(error.__cause__).__name__)  # noqa: TRY400
