"""Sending one push: its words are resolved now, for its person, and only their browser reads."""

import json

from django.conf import settings
from django.utils import timezone, translation

from hallway.core.reaching import Unreachable, post_outside
from hallway.notifications import queries
from hallway.notifications.sentences import line
from hallway.outbox.kinds import Done, Later
from hallway.outbox.models import Outgoing
from hallway.outbox.office import NotTaken, PostOffice
from hallway.outside.models import Device, Schedule
from hallway.outside.push.encryption import authorization, decoded, encrypt
from hallway.outside.times import quiet_until
from hallway.people.models import Person

KEPT_SECONDS = 24 * 3600
"""How long a push service keeps it for a device that is off."""

GONE = {404, 410}


def push(row: Outgoing, _office: PostOffice) -> Done | Later:
    """Push the news of the row to its device, unless it has been read or may not be seen any more.

    Raises NotTaken. A device that its push service knows no longer is forgotten.
    """
    now = timezone.now()
    living = Device.objects.filter(
        pk=row.about["device"], person__is_active=True, session__expire_date__gt=now
    )
    device = living.select_related("person").first()
    if device is None:
        return Done()
    quiet = _quiet_until(device.person)
    if quiet is not None:
        return quiet
    words = words_of(row.about["notice"], device.person)
    if words is None:
        return Done()
    status = _send(device, words)
    if status in GONE:
        return Done(lambda: _forget(device))
    if not 200 <= status < 300:
        raise NotTaken(f"the push service says {status}", for_good=400 <= status < 429)
    return Done()


def words_of(notice: int, person: Person) -> dict[str, str] | None:
    """What is pushed of a notice: the rule asked now, in the language of its person."""
    shown = queries.shown_to(person).filter(pk=notice)
    rows = queries.whole(shown.filter(read_at__isnull=True))
    if not rows:
        return None
    with translation.override(person.language):
        said = line(rows[0], queries.named_in(rows, person))
        return {
            "title": said.plain,
            "body": said.quote,
            "url": said.url,
            "tag": f"notice-{notice}",
            "lang": person.language,
        }


def _quiet_until(person: Person) -> Later | None:
    schedule = Schedule.objects.filter(person=person).first()
    until = quiet_until(schedule, timezone.now()) if schedule else None
    return Later(until) if until else None


def _send(device: Device, words: dict[str, str]) -> int:
    body = encrypt(
        json.dumps(words, ensure_ascii=False).encode(),
        decoded(device.receiver),
        decoded(device.secret),
    )
    headers = {
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(KEPT_SECONDS),
        "Urgency": "normal",
        # Of those about one notice a device that was off gets the newest only.
        "Topic": words["tag"],
        "Authorization": authorization(device.endpoint),
        "User-Agent": f"Hallway ({settings.BASE_URL})",
    }
    try:
        return post_outside(device.endpoint, body, headers)
    except Unreachable as error:
        raise NotTaken(f"the push service: {error}") from error


def _forget(device: Device) -> None:
    Device.objects.filter(pk=device.pk).delete()
