"""Schedule a post, change it, let go of it, publish it when its time has come, or erase it."""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hallway.core.guarding import as_system
from hallway.core.storage import erase_stored
from hallway.core.writing import writing
from hallway.entries.actions import Draft, NewImage, NotAllowed
from hallway.entries.actions.erase import renamed
from hallway.entries.actions.images import give_up, taken_over
from hallway.entries.actions.words import words
from hallway.entries.models import Entry
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.former import handle_of_former
from hallway.people.models import Person
from hallway.posts.actions import publish_post
from hallway.scheduled.models import Picture, Scheduled
from hallway.spaces import access as spaces
from hallway.spaces.models import Space

LONGEST = timedelta(days=366)
MOST = 100
"""Posts that one person has waiting."""

AT_ONCE = 100
"""Posts published in one look; the next ones in the next."""


class NotLater(ValueError):
    """The moment is not to come, or lies too far ahead."""

    def __str__(self) -> str:
        return _("Choose a time that is still to come, within a year.")


class TooManyScheduled(ValueError):
    """Somebody has as many posts waiting as one may."""

    def __str__(self) -> str:
        return _("You have 100 posts waiting already. Publish or delete one of them first.")


def schedule(draft: Draft, space: Space, due_at: datetime, *, by: Person) -> Scheduled:
    """Keep `draft` until `due_at`, to be published in `space`; the same key keeps it once.

    The caller has asked whether `by` may post there, which is asked again at that time.
    Raises NotLater, TooManyScheduled, TextTooLong and ImageGone.
    """
    written = words(draft.title, draft.text, space)
    _demand_later(due_at)
    key = draft.key or uuid.uuid4()
    with writing(), as_system("their own words"):
        _wait_for_own(by)
        own = Scheduled.objects.filter(person=by)
        known = own.filter(key=key).first()
        if known is not None:
            give_up(draft.images)
            return known
        if own.count() >= MOST:
            raise TooManyScheduled
        row = Scheduled.objects.create(
            person=by, space=space, title=written.title, text=written.source, due_at=due_at, key=key
        )
        Picture.objects.bulk_create(
            _picture(row, place, image)
            for place, image in enumerate(taken_over(draft.images, by=by))
        )
        record(Verb.POST_SCHEDULED, actor=by.pk)
    return row


def reschedule(
    row: Scheduled,
    draft: Draft,
    space: Space,
    due_at: datetime,
    *,
    by: Person,
    without: Collection[int] = (),
) -> None:
    """Change words, place and time of what waits, and leave out the pictures `without` (ids).

    The caller has asked whether `by` may post in `space`. Raises NotLater, TextTooLong, and
    NotAllowed when it is not theirs or not there any more.
    """
    written = words(draft.title, draft.text, space)
    _demand_later(due_at)
    with writing(), as_system("their own words"):
        held = _held(row.pk, by)
        held.space, held.due_at, held.refused_at = space, due_at, None
        held.title, held.text = written.title, written.source
        held.save(update_fields=["space", "due_at", "refused_at", "title", "text"])
        # Files of rows that go are found by the daily sweep.
        Picture.objects.filter(scheduled=held, pk__in=without).delete()
        record(Verb.POST_SCHEDULED, actor=by.pk)


def discard(row: Scheduled, *, by: Person) -> None:
    """Let go of what waits. Raises NotAllowed when it is not theirs or not there any more."""
    with writing(), as_system("their own words"):
        _held(row.pk, by).delete()
        record(Verb.POST_SCHEDULED, actor=by.pk)


def publish_now(row: Scheduled, *, by: Person) -> Entry:
    """Publish what waits before its time.

    Raises NotAllowed when it is not theirs, not there any more, or they may not post there.
    """
    with writing(), as_system("the rule is asked inside"):
        return _publish(_held(row.pk, by))


def publish_due(now: datetime | None = None) -> int:
    """Publish what has come to its time; returns how many posts that were.

    The rule is asked at that moment: where the author may not post any more, their words are kept
    and they are told. Any number of workers may do this at once, each post is published once.
    """
    now = now or timezone.now()
    with as_system("a time has come, which is nobody's deed"):
        waiting = Scheduled.objects.filter(due_at__lte=now, refused_at__isnull=True)
        due = list(waiting.order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE])
        return sum(_publish_one(pk, now) for pk in due)


def erase_scheduled(person: Person, _words: bool) -> None:
    """Erase what `person` had waiting, which nobody else has seen; others name a former member."""
    old, new = person.handle, handle_of_former(person)
    with writing(), as_system("its author is no longer anybody"):
        for picture in Picture.objects.filter(scheduled__person=person):
            for name in picture.stored.values():
                transaction.on_commit(lambda name=name: erase_stored(name))  # type: ignore[misc]
        Scheduled.objects.filter(person=person).delete()
        for row in Scheduled.objects.filter(text__icontains=f"@{old}").select_for_update():
            row.text = renamed(row.text, old, new)
            row.save(update_fields=["text"])


def _publish_one(pk: int, now: datetime) -> bool:
    with writing():
        waiting = Scheduled.objects.filter(pk=pk, due_at__lte=now, refused_at__isnull=True)
        row = waiting.select_for_update(of=("self",)).first()
        if row is None:
            # Another worker was quicker, or its author has changed it meanwhile.
            return False
        try:
            _publish(row)
        except NotAllowed:
            Scheduled.objects.filter(pk=pk).update(refused_at=now)
            record(Verb.POST_REFUSED, person=row.person_id)
            return False
    return True


def _publish(row: Scheduled) -> Entry:
    if row.space is None or not spaces.may(row.person, "post", row.space):
        raise NotAllowed("post")
    images = [
        NewImage(
            {int(width): name for width, name in each.stored.items()},
            each.width,
            each.height,
            each.alt,
        )
        for each in Picture.objects.filter(scheduled=row)
    ]
    # Without a key: once follows from the row, which goes with the same commit.
    draft = Draft(row.text, title=row.title, images=images)
    entry = publish_post(draft, row.space, by=row.person)
    row.delete()
    record(Verb.POST_SCHEDULED, actor=row.person_id)
    return entry


def _picture(row: Scheduled, place: int, image: NewImage) -> Picture:
    return Picture(
        scheduled=row,
        place=place,
        stored={str(width): name for width, name in image.stored.items()},
        width=image.width,
        height=image.height,
        alt=image.alt[:300],
    )


def _demand_later(due_at: datetime) -> None:
    now = timezone.now()
    if not now < due_at <= now + LONGEST:
        raise NotLater


def _held(pk: int, by: Person) -> Scheduled:
    own = Scheduled.objects.filter(pk=pk, person=by)
    row = own.select_for_update(of=("self",)).first()
    if row is None:
        raise NotAllowed("change")
    return row


def _wait_for_own(by: Person) -> None:
    # Two requests with one key at once: the second waits here and finds what the first kept.
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
