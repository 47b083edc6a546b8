"""A guest sees one space, until a day; then the clock ends their access, exactly and once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client, override_settings

from hallway.accounts.actions import Refused, deactivate, reactivate
from hallway.accounts.models import Invitation, Session
from hallway.audit.models import Row
from hallway.guests.actions import (
    NotTheirHost,
    end_what_is_over,
    invite_guest,
    invite_until,
    prolong,
    warn_of_ends,
)
from hallway.guests.mail import ending
from hallway.guests.models import Stay, today
from hallway.journal.models import Record
from hallway.outbox.models import Outgoing
from hallway.people.models import Person
from hallway.people.queries import search
from tests.world import World

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def vera(world: World) -> Person:
    """A guest whom Ben invited into the open room, for a month."""
    day = today() + 30 * DAY
    return invite_guest(world.open, "v@else.example", "Vera", day, by=world.ben, language="en")


def over(person: Person) -> Stay:
    """The last day of `person` was yesterday."""
    Stay.objects.filter(person=person).update(until=today() - DAY)
    return Stay.objects.get(person=person)


def signed_in(person: Person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def test_a_guest_sees_the_space_they_were_asked_into_and_nothing_else(
    world: World, vera: Person
) -> None:
    browser = signed_in(vera)
    assert browser.get("/spaces/open-room").status_code == 200
    assert browser.get("/spaces/closed-room").status_code == 404
    assert browser.get("/people/rita").status_code == 404
    assert [person.handle for person in search(vera, "rita", 5)] == []
    assert Outgoing.objects.filter(kind="invitation", person=vera).exists()
    world.post(world.open, "Hello from outside", by=vera)
    page = world.browser(world.ada).get("/spaces/open-room").content.decode()
    assert '<span class="badge badge-plain">Guest</span>' in page


def test_only_who_manages_the_space_asks_guests_into_it(world: World) -> None:
    form = {"email": "z@else.example", "name": "Z", "language": "en", "until": str(today())}
    for who in (world.ada, world.rita, world.gus):
        assert world.browser(who).get("/guests/into/open-room").status_code == 404
        assert world.browser(who).post("/guests/into/open-room", form).status_code == 404
    browser = world.browser(world.ben)
    bad = browser.post("/guests/into/open-room", {**form, "until": str(today() - DAY)})
    assert bad.status_code == 422 and "z@else.example" in bad.content.decode()
    colleague = browser.post("/guests/into/open-room", {**form, "email": world.cleo.email})
    assert "They are a colleague" in colleague.content.decode()
    with override_settings(CONFIG=replace(settings.CONFIG, guests="administrators")):
        assert browser.post("/guests/into/open-room", form).status_code == 404
    assert not Person.objects.filter(email="z@else.example").exists()
    assert browser.post("/guests/into/open-room", form).status_code == 302
    guest = Person.objects.get(email="z@else.example")
    assert guest.is_guest and guest.stay.host == world.ben


def test_after_the_last_day_the_clock_ends_everything_once(world: World, vera: Person) -> None:
    browser = signed_in(vera)
    assert end_what_is_over() == 0
    assert browser.get("/").status_code == 200
    over(vera)
    assert end_what_is_over() == 1
    assert browser.get("/").status_code == 302
    assert not Session.objects.filter(person=vera).exists()
    ended = Record.objects.filter(person_id=vera.pk).order_by("seq").values_list("verb", flat=True)
    assert list(ended)[-2:] == ["person.deactivated", "session.ended"]
    row = Row.objects.order_by("-pk")[0]
    assert (row.deed, row.source, row.by_id) == ("guest.ended", "clock", None)
    assert end_what_is_over() == 0
    assert world.browser(world.ada).get("/spaces/open-room").status_code == 200


def test_who_invited_them_lets_them_stay_longer(world: World, vera: Person) -> None:
    stay, day = over(vera), today() + 5 * DAY
    end_what_is_over()
    with pytest.raises(NotTheirHost):
        prolong(stay, day, by=world.ada)
    answer = world.browser(world.ada).post("/guests/vera/stay", {"until": str(day)})
    assert answer.status_code == 404
    with pytest.raises(Refused, match="Their stay is over"):
        reactivate(vera, by=world.rita)
    page = world.browser(world.ben).get("/people/vera").content.decode()
    assert 'action="/guests/vera/stay"' in page and "This day has passed" in page
    assert "/guests/vera/stay" not in world.browser(world.ada).get("/people/vera").content.decode()
    world.browser(world.ben).post("/guests/vera/stay", {"until": str(day)})
    vera.refresh_from_db()
    assert vera.is_active
    row = Row.objects.order_by("-pk")[0]
    assert (row.deed, row.before, row.after) == (
        "guest.prolonged",
        str(today() - DAY),
        str(day),
    )
    assert signed_in(vera).get("/spaces/open-room").status_code == 200


def test_no_host_brings_back_whom_an_administrator_deactivated(world: World, vera: Person) -> None:
    deactivate(vera, by=world.rita)
    stay = over(vera)
    assert end_what_is_over() == 0
    with pytest.raises(Refused, match="deactivated"):
        prolong(stay, today() + DAY, by=world.ben)
    vera.refresh_from_db()
    assert not vera.is_active


def test_guest_and_host_are_warned_once_a_week_before(world: World, vera: Person) -> None:
    def owed() -> list[Outgoing]:
        return list(Outgoing.objects.filter(kind="guest-end").order_by("person__name"))

    assert warn_of_ends() == 0
    Stay.objects.filter(person=vera).update(until=today() + 7 * DAY)
    assert warn_of_ends() == 1
    assert warn_of_ends() == 0
    to_ben, to_vera = owed()
    letters = [ending(to_ben), ending(to_vera)]
    assert all(letters)
    assert [letter.to for letter in letters if letter] == [world.ben.email, "v@else.example"]
    assert letters[0] and "/people/vera" in letters[0].text
    assert letters[1] and "ask Ben Okafor" in letters[1].text
    stay = Stay.objects.get(person=vera)
    prolong(stay, today() + 20 * DAY, by=world.ben)
    assert ending(to_ben) is None
    prolong(stay, today() + 3 * DAY, by=world.ben)
    assert warn_of_ends() == 1


def test_the_office_invites_guests_with_their_last_day(world: World) -> None:
    day = today() + 10 * DAY
    form = {"people": "Vera <v@else.example>\nAda <ada@company.example>", "language": "en"}
    office = signed_in(world.rita)
    path = "/admin/people/invite"
    wrong = {"kind": "employee", "until": day.isoformat()}
    assert "Only guests have a last day" in office.post(path, form | wrong).content.decode()
    for until in (today() - DAY, today() + 400 * DAY):
        answer = office.post(path, form | {"kind": "guest", "until": until.isoformat()})
        assert "from today on" in answer.content.decode()
    assert not Stay.objects.exists()
    answer = office.post(path, form | {"kind": "guest", "until": day.isoformat()})
    # Who could be invited is, and the line of a colleague stays, with the day.
    page = answer.content.decode()
    assert "They are a colleague" in page and f'value="{day.isoformat()}"' in page
    stay = Stay.objects.get(person__email="v@else.example")
    assert (stay.until, stay.host, stay.person.is_guest) == (day, world.rita, True)
    assert Invitation.objects.filter(person=stay.person).exists()
    assert Row.objects.filter(deed="guest.invited", person_id=stay.person_id).count() == 1
    # Before they came, they are invited again until another day; without a day, without an end.
    again = {"people": "Vera <v@else.example>\nUwe <u@else.example>", "language": "en"}
    later = (day + DAY).isoformat()
    office.post(path, again | {"kind": "guest", "until": later})
    assert {each.person.name: each.until for each in Stay.objects.select_related("person")} == {
        "Vera": day + DAY, "Uwe": day + DAY,
    }  # fmt: skip
    with pytest.raises(PermissionDenied):
        invite_until("x@else.example", "X", day, by=world.ben, language="en")
