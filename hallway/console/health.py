"""How Hallway is, in words for a person: each finding says what to do."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hallway.hub.health import LITTLE, LONG_BEHIND, Health, Looks
from hallway.journal.models import SetAside

_looks = Looks()


@dataclass(frozen=True)
class Finding:
    """One sentence, and whether somebody has to do something."""

    good: bool
    sentence: str | Promise


def findings() -> list[Finding]:
    """What the last look found; it looks at most every ten seconds."""
    found = _looks.get()
    return [_database(found), _worker(found), _disk(found), _mail(), *_set_aside()]


def _database(found: Health) -> Finding:
    if found.writes:
        return Finding(True, _("The database takes what is written."))
    return Finding(False, _("The database takes no writes. Look at its disk and its log."))


def _worker(found: Health) -> Finding:
    behind = found.behind
    if behind is None:
        return Finding(False, _("Whether the worker is up to date cannot be told."))
    if behind > LONG_BEHIND:
        minutes = behind // 60
        late = ngettext(
            "The worker is %(count)d minute behind; notifications are late. Is it running?",
            "The worker is %(count)d minutes behind; notifications are late. Is it running?",
            minutes,
        )
        return Finding(False, late % {"count": minutes})
    return Finding(True, _("The worker is up to date; notifications go out at once."))


def _disk(found: Health) -> Finding:
    share = {"share": round(found.free * 100)}
    if found.free < LITTLE:
        low = _(
            "Only %(share)d %% of the disk are free. Make room, or nothing can be written soon."
        )
        return Finding(False, low % share)
    return Finding(True, _("%(share)d %% of the disk are free.") % share)


def _mail() -> Finding:
    if settings.CONFIG.smtp is None:
        return Finding(False, _("No mail server is set, so mails go to the server's log only."))
    return Finding(True, _("A mail server is set."))


def _set_aside() -> list[Finding]:
    count = SetAside.objects.count()
    if not count:
        return []
    words = ngettext(
        "%(count)d deed could not be passed on and was set aside. The server's log says why.",
        "%(count)d deeds could not be passed on and were set aside. The server's log says why.",
        count,
    )
    return [Finding(False, words % {"count": count})]
