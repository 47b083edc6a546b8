"""Announcing a town hall: where one may, at which moment, with whom; and changing it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from hallway.core.guarding import as_system
from hallway.townhalls.actions import open_doors
from hallway.townhalls.models import Part, TownHall
from hallway.townhalls.player import origin_of
from tests.townhalls.test_pages import read
from tests.world import World


def filled(world: World, **fields: object) -> dict[str, Any]:
    """The form as Ben fills it in for the closed room, two years ahead."""
    return {
        "space": world.closed.pk,
        "title": "Where we go next",
        "text": "Ask **anything**.",
        "date": f"{timezone.now().year + 2}-02-03",
        "time": "14:30",
        "zone": "Europe/Berlin",
        "minutes": "45",
        "hosts": "@ben",
        "speakers": "@ada, @gus",
        "moderators": "",
        "moderation": "before",
        "asking_before": "on",
        "tokens": "2",
        "player_url": "",
    } | fields


def announced() -> TownHall:
    with as_system("a test looks at the rows"):
        return TownHall.objects.select_related("entry__text").get()


def test_announcing_with_the_plain_form(world: World) -> None:
    ben = world.browser(world.ben)
    assert f'value="{world.closed.pk}" selected' in read(ben.get("/halls/new?space=closed-room"))
    words = filled(world, key="5d3f4a86-8d8e-4f6f-a6f1-b1d3e59a3a01")
    for _ in range(2):
        answer = ben.post("/halls/new", words)
    hall = announced()
    assert answer["Location"] == hall.url
    year = timezone.now().year + 2
    assert hall.starts_at == datetime(year, 2, 3, 13, 30, tzinfo=UTC)
    assert (hall.minutes, hall.tokens, hall.moderation) == (45, 2, "before")
    assert hall.entry.text.title == "Where we go next"
    with as_system("a test looks at the rows"):
        parts = [(part.role, part.person.handle) for part in Part.objects.order_by("role", "place")]
    assert parts == [("host", "ben"), ("speaker", "ada"), ("speaker", "gus")]


def test_only_who_manages_the_space_announces_there(world: World) -> None:
    assert world.browser(world.ada).get("/halls/new").status_code == 404
    assert world.browser(world.ada).post("/halls/new", filled(world)).status_code == 404
    # Rita runs the company's space, and no other.
    rita = world.browser(world.rita)
    assert world.closed.name not in read(rita.get("/halls/new"))
    answer = rita.post("/halls/new", filled(world, speakers="", hosts=""))
    assert answer.status_code == 422
    assert "You may not announce a town hall there" in read(answer)
    ben = world.browser(world.ben)
    assert "/halls/new?space=closed-room" in read(ben.get(world.closed.url))
    assert "/halls/new" not in read(world.browser(world.ada).get(world.closed.url))


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"title": " "}, "Give it a title."),
        ({"date": "soon"}, "Write the day as"),
        ({"date": "2020-01-01"}, "That is over already"),
        ({"time": ""}, "Choose a time."),
        ({"minutes": "3"}, "It takes 5 to 600 minutes."),
        ({"tokens": "11"}, "Choose a number from 0 to 10."),
        ({"hosts": "@nobody"}, "Nobody here is called @nobody"),
        ({"moderators": "@cleo"}, "Cleo Marchetti cannot see this space"),
        ({"speakers": "@dora"}, "Nobody here is called @dora"),
        ({"player_url": "http://play.example/7"}, "begins with https://"),
        ({"player_url": "https://play.example;script-src/7"}, "begins with https://"),
        ({"player_url": "https://user:secret@play.example/"}, "begins with https://"),
        ({"player_url": "javascript:alert(1)"}, "begins with https://"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_all_words_stay(
    world: World, wrong: dict[str, str], why: str
) -> None:
    words = filled(world, **wrong)
    answer = world.browser(world.ben).post("/halls/new", words)
    assert answer.status_code == 422
    page = read(answer)
    assert why in page.replace("&#x27;", "'")
    assert ">Ask **anything**.</textarea>" in page
    for name in ("hosts", "speakers", "minutes"):
        assert f'value="{words[name]}"' in page
    with as_system("a test looks at the rows"):
        assert not TownHall.objects.exists()


def test_the_form_names_the_zone_and_reads_the_time_in_it(world: World) -> None:
    ben = world.browser(world.ben)
    ben.cookies["zone"] = "Asia/Kolkata"
    assert "This is the time in Asia/Kolkata." in read(ben.get("/halls/new"))
    # The zone that stood in the form counts, even if the browser has travelled meanwhile.
    ben.cookies["zone"] = "America/New_York"
    ben.post("/halls/new", filled(world, zone="Asia/Kolkata"))
    assert announced().starts_at.astimezone(UTC).strftime("%H:%M") == "09:00"
    page = read(ben.get(announced().url + "/edit"))
    assert 'value="04:00"' in page
    assert "This is the time in America/New_York." in page


def test_a_time_that_the_clocks_leave_out_is_refused_and_one_that_comes_twice_is_the_first(
    world: World,
) -> None:
    spring, autumn = _changes_of_clocks()
    ben = world.browser(world.ben)
    answer = ben.post("/halls/new", filled(world, date=spring, time="02:30"))
    assert "this time does not exist on that day" in read(answer)
    ben.post("/halls/new", filled(world, date=autumn, time="02:30"))
    assert announced().starts_at.astimezone(UTC).strftime("%H:%M") == "00:30"


def test_the_same_clock_time_before_and_after_the_change_is_an_hour_apart_in_utc(
    world: World,
) -> None:
    spring, _ = _changes_of_clocks()
    day = datetime.fromisoformat(spring)
    moments = []
    for each in (day - timedelta(days=1), day):
        world.browser(world.ben).post("/halls/new", filled(world, date=f"{each:%Y-%m-%d}"))
        with as_system("a test looks at the rows"):
            moments.append(TownHall.objects.latest("pk").starts_at)
    assert moments[1] - moments[0] == timedelta(hours=23)


def test_changing_it_keeps_what_was_promised(world: World) -> None:
    ben = world.browser(world.ben)
    ben.post("/halls/new", filled(world))
    hall = announced()
    page = read(ben.get(f"{hall.url}/edit"))
    assert 'value="@ada, @gus"' in page
    assert 'name="tokens"' not in page
    assert 'name="space"' not in page
    changed = filled(world, title="Elsewhere", time="16:00", speakers="@gus", tokens="9")
    assert ben.post(f"{hall.url}/edit", changed)["Location"] == hall.url
    hall = announced()
    assert (hall.entry.text.title, hall.tokens, hall.version) == ("Elsewhere", 2, 2)
    assert hall.starts_at.astimezone(UTC).strftime("%H:%M") == "15:00"
    # Those who only take part change nothing.
    assert world.browser(world.gus).get(f"{hall.url}/edit").status_code == 404
    assert world.browser(world.gus).post(f"{hall.url}/edit", changed).status_code == 404


def test_a_host_who_did_not_announce_it_changes_the_plan_but_not_the_words(world: World) -> None:
    world.browser(world.ben).post("/halls/new", filled(world, hosts="@ada", speakers=""))
    hall = announced()
    ada = world.browser(world.ada)
    assert 'name="title"' not in read(ada.get(f"{hall.url}/edit"))
    ada.post(f"{hall.url}/edit", filled(world, title="Taken over", hosts="@ada", minutes="90"))
    hall = announced()
    assert (hall.entry.text.title, hall.minutes) == ("Where we go next", 90)


def test_while_on_air_the_past_beginning_is_no_mistake(world: World, hall: TownHall) -> None:
    open_doors(hall, by=world.ben)
    with as_system("the test turns the clock"):
        TownHall.objects.update(starts_at=timezone.now() - timedelta(hours=1))
    begun = timezone.now() - timedelta(hours=1)
    words = filled(world, date=f"{begun:%Y-%m-%d}", time=f"{begun:%H:%M}", zone="UTC")
    answer = world.browser(world.ben).post(f"{hall.url}/edit", words)
    assert answer.status_code == 302


def _changes_of_clocks() -> tuple[str, str]:
    """The last Sundays of March and October two years ahead, when Berlin changes its clocks."""
    year = timezone.now().year + 2
    days = []
    for month in (3, 10):
        day = datetime(year, month, 31, tzinfo=UTC)
        days.append(day - timedelta(days=(day.weekday() + 1) % 7))
    return f"{days[0]:%Y-%m-%d}", f"{days[1]:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://player.example/live?x=1", "https://player.example"),
        ("https://Player.example:443/live", "https://player.example"),
        ("https://player.example:8443/live", "https://player.example:8443"),
        ("http://player.example/live", ""),
        ("https://127.1/live", ""),
        ("https://2130706433/live", ""),
        ("https://player.example;script-src/", ""),
        ("https://user@player.example/", ""),
    ],
)
def test_the_origin_of_a_player_is_what_browsers_make_of_it(address: str, origin: str) -> None:
    assert origin_of(address) == origin
