"""Build the whole made-up company with its past in a few seconds."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from django.utils import timezone

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.demo import founding
from hallway.demo.cast import Role, leading_roles, whole_company
from hallway.demo.conversations import places, posts
from hallway.demo.halls import plan_halls
from hallway.demo.history import Cast, happen, plan_all, take_pictures
from hallway.demo.moments import FOUNDED
from hallway.entries.actions.publish import place
from hallway.journal.models import Record
from hallway.notifications.models import Notification
from hallway.notifications.reader import follower as notifications
from hallway.people.models import Person
from hallway.spaces.access import my_spaces
from hallway.stream.actions import see

PEOPLE = 250

_READ_AGO = tuple(timedelta(hours=hours) for hours in (0, 0, 5, 28, 76, 190, 360))
"""How long ago somebody may have looked into a space last; none of it is long for a workplace."""
_TOLD = timedelta(days=3)
_KEPT_NEW = timedelta(hours=20)


def build(people: int = PEOPLE, conversations: int | None = None, *, pictures: bool = True) -> None:
    """Fill an empty database with the company, in the same way each time, up to the present.

    `people` and `conversations` (None: all) may be fewer for tests, and `pictures` left out.
    Writes in two long transactions, which nobody waits for: nothing is served yet, and several
    thousand short ones would wait for the disk each.
    """
    now = timezone.now()
    # Evenly chosen, so that fewer conversations still come from all files.
    chosen = posts() if conversations is None else posts()[:: -(-len(posts()) // conversations)]
    pending = take_pictures(chosen) if pictures else {}
    roles = whole_company(people)
    with writing():
        cast = _found(roles, now, pictures=pictures)
    cast.pictures = pending
    reader = notifications()
    with writing():
        happenings = plan_all(chosen, cast, now)
        happenings = sorted([*happenings, *plan_halls(cast, now, len(happenings))])
        told = [one for one in happenings if one.moment > now - _TOLD]
        for happening in happenings[: len(happenings) - len(told)]:
            happen(happening)
    # Notifications begin here: nobody misses older ones, and they would take half of the time.
    with writing():
        reader.begin_now()
        for happening in told:
            happen(happening)
    reader.catch_up()
    with writing():
        watching = _with_parts(roles, cast)
        _let_read(watching, now)
        founding.add_newcomer(watching[0])


def _found(roles: list[Role], now: datetime, *, pictures: bool) -> Cast:
    people = founding.add_people(roles, founding.found_units())
    if pictures:
        founding.take_portraits(roles, people)
    spaces = founding.found_spaces(places(), roles, people)
    signing_in = {role.key for role in roles if role.part}
    employees = [person for person in people.values() if not person.is_guest]
    founding.let_follow(employees, len(leading_roles()), signing_in, now)
    founding.backdate_founding(now - FOUNDED)
    Record.objects.update(at=now - FOUNDED)
    return Cast({role.key: role for role in roles}, people, spaces)


def _with_parts(roles: list[Role], cast: Cast) -> list[Person]:
    return [cast.people[role.key] for role in roles if role.part]


def _let_read(watchers: Iterable[Person], now: datetime) -> None:
    """Let everybody have read what is old, so that bells and counts show the news of today."""
    with as_system("the demo tells a past"):
        old = Notification.objects.filter(bumped_at__lt=now - _KEPT_NEW)
        old.update(read_at=now - _KEPT_NEW)
    for person in watchers:
        for space in my_spaces(person):
            dice = Random(f"{person.handle} reads {space.slug}")
            see(space, place(now - dice.choice(_READ_AGO), 0), by=person)
