"""A newcomer is led in, may skip, comes back where they were, and is never led twice."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hallway.accounts.actions import set_password
from hallway.people.actions import add_person
from hallway.people.models import OrgUnit, Person
from hallway.spaces.actions import create_space, put_in
from hallway.spaces.suggesting import suggested
from tests.world import PASSWORD, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def nia(world: World) -> Person:
    """Came today."""
    person = add_person("nia@company.example", "Nia Obi", handle="nia")
    set_password(person, PASSWORD)
    return person


def arrive(person: Person, **more: str) -> tuple[Client, str]:
    """Sign in through the door; the browser, and where it was sent."""
    browser = Client()
    form = {"login": person.email, "password": PASSWORD, **more}
    return browser, browser.post("/accounts/login/", form)["Location"]


def test_the_first_sign_in_leads_through_three_steps(world: World, nia: Person) -> None:
    browser, where = arrive(nia)
    assert where == "/welcome"
    assert browser.get("/welcome")["Location"] == "/welcome/about"
    page = browser.get("/welcome/about").content.decode()
    assert "Step 1 of 3" in page
    assert 'name="photo"' in page
    assert 'name="title"' not in page
    answer = browser.post("/welcome/about", {"about": "I count ships."}, follow=True)
    assert answer.redirect_chain[-1][0] == "/welcome/spaces"
    nia.refresh_from_db()
    assert (nia.about, nia.name) == ("I count ships.", "Nia Obi")

    # Joining on the page leads back to it, and what one belongs to is offered no more.
    assert "/spaces/open-room/join" in answer.content.decode()
    joined = browser.post(
        "/spaces/open-room/join", headers={"Referer": "http://testserver/welcome/spaces"}
    )
    assert joined["Location"].endswith("/welcome/spaces")
    assert "/spaces/open-room/join" not in browser.get("/welcome/spaces").content.decode()

    # Away in between: the next sign-in goes on where this one stopped.
    again, where = arrive(nia)
    assert where == "/welcome"
    assert again.get("/welcome")["Location"] == "/welcome/spaces"
    assert again.post("/welcome/spaces", {"skip": "yes"})["Location"] == "/welcome"
    assert again.get("/welcome")["Location"] == "/welcome/people"
    assert "/people/ada/follow" in again.get("/welcome/people").content.decode()
    last = again.post("/welcome/people", follow=True)
    assert last.redirect_chain[-1][0] == "/"
    assert "That was all. Welcome." in last.content.decode()
    assert arrive(nia)[1] == "/"


def test_whoever_was_on_the_way_elsewhere_gets_there(world: World, nia: Person) -> None:
    assert arrive(nia, next="/spaces/open-room")[1] == "/spaces/open-room"
    assert arrive(world.ada)[1] == "/"


def test_a_mistake_keeps_the_words_and_the_step(world: World, nia: Person) -> None:
    browser = world.browser(nia)
    no_photo = SimpleUploadedFile("a.png", b"not a picture", "image/png")
    answer = browser.post("/welcome/about", {"about": "Words", "photo": no_photo})
    assert answer.status_code == 422
    assert ">\nWords</textarea>" in answer.content.decode()
    nia.refresh_from_db()
    assert nia.steps_left[0] == "about"


def test_guests_find_nothing_and_are_led_nowhere(world: World) -> None:
    guest = world.browser(world.gus)
    assert guest.get("/welcome")["Location"] == "/"
    assert [
        guest.get(f"/welcome/{step}").status_code for step in ("about", "spaces", "people")
    ] == [404] * 3


def test_spaces_of_ones_own_unit_come_first_and_hidden_ones_never(
    world: World, nia: Person
) -> None:
    unit = OrgUnit.objects.create(name="Harbour", kind="department")
    Person.objects.filter(pk__in=[nia.pk, world.cleo.pk]).update(unit=unit)
    nia.refresh_from_db()
    near = create_space("Harbour watch", by=world.cleo, openness="open", slug="harbour-watch")
    large = create_space("Choir", by=world.ada, openness="open", slug="choir")
    for person in (world.ben, world.rita):
        put_in(large, person, by=world.ada)
    names = [found.standing.space.name for found in suggested(nia, 2)]
    assert names[0] == near.name
    everything = {found.standing.space.name for found in suggested(nia, 50)}
    assert everything == {"Harbour watch", "Choir", "Open room"}


def test_a_hint_goes_away_for_good_on_all_devices(world: World) -> None:
    hint = "You need not type a name in full"
    browser = world.browser(world.ada)
    assert hint in browser.get("/search").content.decode()
    assert browser.post("/tips/search", {"next": "/search"})["Location"] == "/search"
    for device in (browser, Client()):
        device.force_login(world.ada)
        assert hint not in device.get("/search").content.decode()
    assert "Write @ to name" in browser.get("/posts").content.decode(), "others stay"
    assert browser.post("/tips/unknown").status_code == 404
    world.ada.refresh_from_db()
    assert world.ada.steps_left == []


def test_empty_places_invite_to_the_next_deed(world: World, nia: Person) -> None:
    browser = world.browser(nia)
    for address, deed in {
        "/": 'href="/spaces/"',
        "/?tab=following": 'href="/people/"',
        "/notifications/": 'class="button" href="/people/"',
        "/saved": 'class="button" href="/"',
        "/people/nia": 'class="button" href="#compose"',
        "/tags/nothing": 'href="/posts?text=%23nothing"',
        "/search?q=xyzzy": 'class="button" href="/people/"',
    }.items():
        page = browser.get(address).content.decode()
        assert 'class="empty"' in page, address
        assert deed in page, address
