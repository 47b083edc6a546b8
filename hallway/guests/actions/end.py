"""What the clock does about guests: it warns a week before, and ends access after the last day."""

from django.db.models import F
from django.utils import timezone

from hallway.accounts.actions import let_go
from hallway.audit.models import Deed
from hallway.audit.writer import note
from hallway.core.writing import writing
from hallway.guests.mail import ENDING
from hallway.guests.models import WARNED_BEFORE, Stay, today
from hallway.outbox.actions import post
from hallway.people.models import Person

AT_ONCE = 100


def end_what_is_over() -> int:
    """End the access of guests whose last day has passed; returns how many.

    Each in a transaction of its own: sessions end at one position of the journal, and so do the
    screens. Doing it twice changes nothing.
    """
    over = Stay.objects.filter(until__lt=today(), person__is_active=True).order_by("until", "pk")
    numbers = list(over.values_list("pk", flat=True)[:AT_ONCE])
    return sum(_end(number) for number in numbers)


def warn_of_ends() -> int:
    """Owe a mail to each guest whose stay ends within a week, and to their host; once for a day.

    Returns how many stays that were.
    """
    soon = Stay.objects.filter(
        until__gte=today(), until__lte=today() + WARNED_BEFORE, person__is_active=True
    ).exclude(warned_for=F("until"))
    numbers = list(soon.order_by("until", "pk").values_list("pk", flat=True)[:AT_ONCE])
    return sum(_warn(number) for number in numbers)


def _end(number: int) -> bool:
    with writing():
        stay = Stay.objects.select_for_update(no_key=True).get(pk=number)
        person = Person.objects.get(pk=stay.person_id)
        # It may have been prolonged since it was found.
        if not stay.is_over or not let_go(person, by=None):
            return False
        Stay.objects.filter(pk=number).update(ended_at=timezone.now())
        note(
            Deed.GUEST_ENDED, by=None, by_clock=True, person=person.pk, after=stay.until.isoformat()
        )
    return True


def _warn(number: int) -> bool:
    with writing():
        stay = Stay.objects.select_for_update(no_key=True).get(pk=number)
        if stay.warned_for == stay.until or stay.until > today() + WARNED_BEFORE:
            return False
        Stay.objects.filter(pk=number).update(warned_for=stay.until)
        for person in (stay.person_id, stay.host_id):
            if person is not None:
                post(ENDING, f"{stay.pk}:{person}", person=person, stay=stay.pk)
    return True
