"""The calendar file and the reminder of a town hall."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone
from icalendar import Calendar

from hallway.core.guarding import as_system
from hallway.entries.actions import Draft, edit
from hallway.townhalls.actions import announce, change, open_doors
from hallway.townhalls.models import Reminder, TownHall
from tests.townhalls.conftest import plan
from tests.townhalls.test_pages import lines, read
from tests.world import World


def event(world: World, hall: TownHall) -> dict[str, Any]:
    """What a calendar program reads from the file."""
    answer = world.browser(world.gus).get(f"{hall.url}/calendar.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    (held,) = Calendar.from_ical(answer.content).events
    return {
        "uid": str(held["uid"]),
        "sequence": int(str(held["sequence"])),
        "start": held.decoded("dtstart"),
        "end": held.decoded("dtend"),
        "summary": str(held["summary"]),
        "stamp": held.decoded("dtstamp"),
    }


def test_a_later_file_moves_the_event_that_is_there(world: World, hall: TownHall) -> None:
    first = event(world, hall)
    assert (first["summary"], first["start"]) == (
        "Where we go next",
        hall.starts_at.replace(microsecond=0),
    )
    later = timezone.now() + timedelta(days=2)
    change(hall, plan(starts_at=later, minutes=30, hosts=[world.ben]), by=world.ben)
    moved = event(world, hall)
    assert moved["uid"] == first["uid"]
    assert moved["sequence"] > first["sequence"]
    assert moved["end"] == later.replace(microsecond=0) + timedelta(minutes=30)


def test_new_words_reach_the_calendar_as_well(world: World, hall: TownHall) -> None:
    first = event(world, hall)
    edit(hall.entry, title="Where we stay", text="", by=world.ben, edits=None)
    again = event(world, hall)
    assert again["summary"] == "Where we stay"
    assert again["sequence"] > first["sequence"]


def test_moments_mean_the_same_on_both_sides_of_a_change_of_clocks(world: World) -> None:
    # In Berlin clocks are set back at 01:00 UTC: it begins before and ends after.
    begin = datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    hall = announce(
        Draft(title="Over the hour", text=""), plan(starts_at=begin), world.closed, by=world.ben
    )
    held = event(world, hall)
    assert held["start"] == begin
    assert held["end"] == begin + timedelta(minutes=60)
    gus = world.browser(world.gus)
    gus.cookies["zone"] = "Europe/Berlin"
    assert "31 October 2027, 02:30 (Europe/Berlin)" in read(gus.get(hall.url))
    gus.cookies["zone"] = "Australia/Sydney"
    assert "31 October 2027, 11:30 (Australia/Sydney)" in read(gus.get(hall.url))


def test_being_reminded_and_no_longer(world: World, hall: TownHall) -> None:
    gus, address = world.browser(world.gus), f"{hall.url}/remind"
    assert "told shortly before" in lines(gus.post(address, {"on": "1"}))[0]
    assert "You will be reminded" in read(gus.get(hall.url))
    gus.post(address, {"on": "1"})
    with as_system("a test looks at the rows"):
        assert Reminder.objects.get().person_id == world.gus.pk
    gus.post(address, {"on": "0"})
    with as_system("a test looks at the rows"):
        assert not Reminder.objects.exists()
    open_doors(hall, by=world.ben)
    gus.post(address, {"on": "1"})
    with as_system("a test looks at the rows"):
        assert not Reminder.objects.exists()
