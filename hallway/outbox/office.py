"""The way to the mail server: one connection for many mails, and a pause while it is away."""

import time
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from types import TracebackType
from typing import Self

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

PAUSE = 30.0
"""Seconds without another attempt after the server could not be reached."""


class NotTaken(Exception):
    """It was not taken; the words name the kind of error and hold no address.

    `for_good`: trying again is of no use. `away`: it is the way that is closed, not this one thing.
    """

    def __init__(self, words: str, *, for_good: bool = False, away: bool = False) -> None:
        super().__init__(words)
        self.for_good = for_good
        self.away = away


class PostOffice:
    """Takes mails to the server; opens a connection when it is needed and keeps it for the next."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None
        self._away_until = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up; the next mail opens the connection anew."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def send(self, message: EmailMessage) -> None:
        """Hand a mail over. Raises NotTaken."""
        if time.monotonic() < self._away_until:
            raise NotTaken("the mail server is away", away=True)
        connection = self._opened()
        try:
            connection.send_messages([message])
        except SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            self.close()
            raise NotTaken(f"refused: {codes}", for_good=min(codes) >= 500) from error
        except SMTPResponseException as error:
            self.close()
            words = f"{type(error).__name__} {error.smtp_code}"
            raise NotTaken(words, for_good=error.smtp_code >= 500) from error
        except (SMTPException, OSError) as error:
            self.close()
            raise self._closed(error) from error

    def _opened(self) -> BaseEmailBackend:
        if self._connection is None:
            connection = get_connection()
            try:
                connection.open()
            except (SMTPException, OSError) as error:
                raise self._closed(error) from error
            self._connection = connection
        return self._connection

    def _closed(self, error: Exception) -> NotTaken:
        self._away_until = time.monotonic() + PAUSE
        return NotTaken(type(error).__name__, away=True)
