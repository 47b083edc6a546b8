"""The company as it is settled now: kept in memory, read anew when it has changed.

What every request of somebody signed in asks anyway brings the version along (`accounts.arriving`),
so that their pages never show an old one and ask nothing more. Where no session was read (the door,
mails), what is held may be a second old.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

from django.conf import settings
from django.db import DatabaseError

from hallway.company.models import Company

log = logging.getLogger(__name__)

SECONDS = 1.0
"""How long it is taken as it is where nobody says which version holds."""

VERSION = "(SELECT version FROM company_company)"
"""The column of a statement that says which version holds; NULL for none, which is 0."""

_known: ContextVar[int | None] = ContextVar("company", default=None)


class _Held:
    """What this process read last; replaced as a whole, so that threads need no lock."""

    def __init__(self, company: Company, until: float) -> None:
        self.company = company
        self.until = until


_held = _Held(Company(), 0.0)


@contextmanager
def known_as(version: int | None) -> Iterator[None]:
    """Within the block the company is the one of this version; None: it may be a second old."""
    token = _known.set(version)
    try:
        yield
    finally:
        _known.reset(token)


def company() -> Company:
    """What holds now; not to be changed."""
    known, held = _known.get(), _held
    if (held.company.version == known) if known is not None else (monotonic() < held.until):
        return held.company
    return _read().company


def remembered() -> Company:
    """What held when this process last asked; asks nothing, for pages about broken things."""
    return _held.company


def forget() -> None:
    """Have it read anew when it is asked for next; for what changes it in this process."""
    _keep(_Held(Company(), 0.0))


def languages_offered() -> list[tuple[str, str]]:
    """Code and own name of each language that is offered, to choose from."""
    offered = company().languages
    return [(code, name) for code, name in settings.LANGUAGES if code in offered]


def language_at_first() -> str:
    """The language of those who have not chosen one."""
    return company().language


def _read() -> _Held:
    try:
        found = Company.objects.filter(pk=1).first() or Company()
    except DatabaseError:
        # The page will say what is wrong by itself, where it needs the database.
        log.warning("What is settled for the company could not be read.")
        return _held
    return _keep(_Held(found, monotonic() + SECONDS))


def _keep(held: _Held) -> _Held:
    global _held
    _held = held
    return held
