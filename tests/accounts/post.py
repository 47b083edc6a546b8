"""Reading the mail that a test made Hallway send."""

import re

from django.core import mail
from django.core.mail import EmailMessage

from hallway.outbox.sending import send_all

LINK = re.compile(r"http://localhost:8000(/accounts/\S+)")


def delivered() -> list[EmailMessage]:
    """Send what waits, as the worker does, and return all mail so far."""
    send_all()
    return mail.outbox


def link_in(message: EmailMessage) -> str:
    """The path of the link in a mail."""
    found = LINK.search(message.body)
    assert found, message.body
    return found[1]
