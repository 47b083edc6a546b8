"""Reading the mail that a test made Hallway send."""

import re
import threading

from django.core import mail
from django.core.mail import EmailMessage

LINK = re.compile(r"http://localhost:8000(/accounts/\S+)")


def delivered() -> list[EmailMessage]:
    """Wait for mail that is sent aside, and return all of it."""
    for thread in threading.enumerate():
        if thread.name == "mail":
            thread.join(timeout=10)
    return mail.outbox


def link_in(message: EmailMessage) -> str:
    """The path of the link in a mail."""
    found = LINK.search(message.body)
    assert found, message.body
    return found[1]
