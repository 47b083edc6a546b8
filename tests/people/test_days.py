"""Birthdays and work anniversaries: told only by those who want it, to those who are near."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hallway.core.guarding import as_system
from hallway.people.actions import change_day, follow
from hallway.people.actions.days import Given
from hallway.people.days import today
from hallway.people.models import Follow, Person, PersonalDay
from hallway.spaces.models import Membership
from tests.company.test_settings import settle
from tests.people.test_editing import save
from tests.world import World

BIRTHDAY, ANNIVERSARY = PersonalDay.Kind
NOON = datetime(2027, 5, 12, 12, tzinfo=UTC)


@pytest.fixture
def names(world: World) -> Callable[..., list[str]]:
    """Whose days a reader is shown: names, with the years of an anniversary."""

    def read(viewer: Person, now: datetime = NOON) -> list[str]:
        found = today(viewer, now)
        return [f"{e.person.handle} {e.years or ''}".strip() for e in (*found.near, *found.more)]

    return read


def born(person: Person, month: int, day: int, *, shown: bool = True) -> None:
    change_day(person, BIRTHDAY, Given(month, day, is_shown=shown), by=person)


def begun(person: Person, year: int, month: int, day: int) -> None:
    change_day(person, ANNIVERSARY, Given(month, day, year, is_shown=True), by=person)


def test_nobody_sees_a_day_before_its_owner_switches_it_on(
    world: World, names: Callable[..., list[str]]
) -> None:
    follow(world.ada, by=world.ben)
    fields = {"days-day": "12", "days-month": "5", "days-since": "2019-05-12"}
    save(world, world.ada, **fields)
    kept = {row.kind: (row.year, row.is_shown) for row in PersonalDay.objects.all()}
    assert kept == {BIRTHDAY: (None, False), ANNIVERSARY: (2019, False)}
    assert names(world.ben) == []
    assert "12 May" not in world.browser(world.ben).get("/people/ada").content.decode()
    save(world, world.ada, **fields, **{"days-since_shown": "on"})
    assert names(world.ben) == ["ada 8"]
    save(world, world.ada, **fields, **{"days-birthday_shown": "on"})
    assert names(world.ben) == ["ada"]
    page = world.browser(world.ben).get("/people/ada").content.decode()
    assert "12 May" in page and "2019" not in page
    save(world, world.ada)
    assert not PersonalDay.objects.exists()


def test_it_is_told_among_those_who_are_near_and_to_no_guest(
    world: World, names: Callable[..., list[str]]
) -> None:
    with as_system("a test empties all spaces"):
        Membership.objects.all().delete()
    Follow.objects.all().delete()
    for person in (world.ada, world.dora, world.gus):
        born(person, 5, 12)
    assert names(world.rita) == names(world.ada) == []
    for person in (world.ada, world.dora, world.gus):
        follow(person, by=world.rita)
    with as_system("a test fills one space"):
        for member in (world.ada, world.dora, world.gus, world.cleo):
            Membership.objects.create(person=member, space=world.open)
    # Dora has left, Gus is a guest.
    assert names(world.rita) == names(world.cleo) == ["ada"]
    assert names(world.ada) == names(world.gus) == []
    page = world.browser(world.gus).get("/people/ada").content.decode()
    assert "Ada" in page and "12 May" not in page


def test_the_day_is_that_of_the_reader(world: World, names: Callable[..., list[str]]) -> None:
    follow(world.ada, by=world.ben)
    born(world.ada, 5, 12)
    for zone, seen in (("Pacific/Kiritimati", []), ("Europe/Berlin", ["ada"])):
        with timezone.override(zone):
            assert names(world.ben) == seen
    with timezone.override("America/Los_Angeles"):
        assert names(world.ben, datetime(2027, 5, 13, 5, tzinfo=UTC)) == ["ada"]


def test_a_leap_day_is_kept_every_year_and_never_too_early(
    world: World, names: Callable[..., list[str]]
) -> None:
    follow(world.ada, by=world.ben)
    born(world.ada, 2, 29)
    begun(world.ada, 2020, 2, 29)
    on = {day: names(world.ben, datetime(*day, 12, tzinfo=UTC)) for day in (
        (2027, 2, 28), (2027, 3, 1), (2027, 3, 2), (2028, 2, 28), (2028, 2, 29), (2028, 3, 1),
        (2020, 2, 29),
    )}  # fmt: skip
    assert {day for day, seen in on.items() if seen} == {
        (2027, 3, 1), (2028, 2, 29), (2020, 2, 29),
    }  # fmt: skip
    assert sorted(on[2028, 2, 29]) == ["ada", "ada 8"]
    # On the day they came there is nothing to celebrate yet.
    assert on[2020, 2, 29] == ["ada"]


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"days-day": "31"}, "Choose day and month"),
        ({"days-month": "2"}, "Choose day and month"),
        ({"days-day": "31", "days-month": "4"}, "no such day"),
        ({"days-day": "30", "days-month": "2"}, "no such day"),
        ({"days-day": "32", "days-month": "1"}, "valid choice"),
        ({"days-since": "12.5.2019"}, "valid date"),
        ({"days-since": "1899-12-31"}, "a day that has been"),
        ({"days-since": "9999-01-01"}, "a day that has been"),
    ],
)
def test_what_is_no_day_is_said_and_the_words_stay(
    world: World, fields: dict[str, str], says: str
) -> None:
    response = save(world, world.ada, title="A new title", **fields)
    page = response.content.decode()
    assert response.status_code == 422
    assert says in page and 'value="A new title"' in page
    assert not PersonalDay.objects.exists() and world.ada.title == "Claims handler"


def test_the_directory_says_it_quietly_and_only_at_its_top(world: World) -> None:
    # Somebody's day is always today, be it midnight meanwhile.
    for place, person in enumerate((world.ada, world.cleo, world.rita)):
        follow(person, by=world.ben)
        day = timezone.localdate() + timedelta(days=place - 1)
        born(person, day.month, day.day)
    browser = world.browser(world.ben)
    title = 'id="today-title"'
    assert title in browser.get("/people/").content.decode()
    assert title not in browser.get("/people/?q=a").content.decode()
    settle(world, shown_fields=["anniversaries"])
    assert title not in browser.get("/people/").content.decode()
    form = world.browser(world.ada).get("/people/me/edit").content.decode()
    assert "days-since" in form and "days-day" not in form
    save(world, world.ada)
    assert PersonalDay.objects.filter(kind=BIRTHDAY).exists()


def test_the_database_keeps_no_year_of_birth(world: World) -> None:
    for kind, year in ((BIRTHDAY, 1990), (ANNIVERSARY, None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            PersonalDay.objects.create(person=world.ada, kind=kind, month=1, day=1, year=year)
    with pytest.raises(ValueError, match="day"):
        change_day(world.ada, BIRTHDAY, Given(2, 30), by=world.ada)
