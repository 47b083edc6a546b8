"""A profile: who sees it, what it says, and following."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hallway.journal.models import Record
from hallway.journal.verbs import Verb
from hallway.people.actions import add_person, change_profile, follow
from hallway.people.models import Follow, OrgUnit, Person
from tests.world import World


def neutral(content: bytes, handle: str) -> bytes:
    """The page without what differs from one request to the next."""
    content = re.sub(rb'(nonce="|content=")[\w-]{16,}"', b'"', content)
    content = re.sub(rb'(csrfmiddlewaretoken" value|ticket)="[^"]*"', b"", content)
    return content.replace(handle.encode(), b"HANDLE")


def test_a_profile_says_who_somebody_is(world: World) -> None:
    company = OrgUnit.objects.create(name="Northwind")
    claims = OrgUnit.objects.create(name="Claims", parent=company)
    Person.objects.filter(pk=world.ada.pk).update(unit=claims, manager=world.ben)
    change_profile(
        world.ada,
        by=world.ada,
        about="I handle *claims* at sea.\n\n<script>alert(1)</script>",
        languages="fr, Norsk",
        skills=["Diving"],
    )
    page = world.browser(world.rita).get(world.ada.url).content.decode()
    for words in ("Ada Lund", "@ada", "Claims handler", "Northwind / Claims", "Oslo", "Ben Okafor",
                  "<em>claims</em>", "French, Norsk", "Diving", "0 followers"):  # fmt: skip
        assert words in page, words
    assert "<script>alert" not in page
    assert "Edit profile" not in page
    assert "Edit profile" in world.browser(world.ada).get(world.ada.url).content.decode()


@pytest.mark.parametrize("address", ["{}", "{}/followers", "{}/following", "{}/photo/12345678/96"])
def test_whom_a_guest_may_not_see_does_not_exist(world: World, address: str) -> None:
    browser = world.browser(world.gus)
    hidden = browser.get("/people/" + address.format("cleo"))
    unknown = browser.get("/people/" + address.format("nono"))
    assert hidden.status_code == unknown.status_code == 404
    assert neutral(hidden.content, "cleo") == neutral(unknown.content, "nono")
    if "photo" not in address:
        assert browser.get("/people/" + address.format("ada")).status_code == 200


def test_a_guest_learns_of_nobody_through_somebody(world: World) -> None:
    Person.objects.filter(pk=world.ada.pk).update(manager=world.cleo)
    follow(world.ada, by=world.cleo)
    follow(world.cleo, by=world.ada)
    for address in ("", "/followers", "/following"):
        page = world.browser(world.gus).get(world.ada.url + address).content.decode()
        assert "Cleo" not in page
    page = world.browser(world.gus).get(world.ada.url).content.decode()
    assert "0 followers" in page
    assert "0 following" in page


def test_the_signed_out_see_nothing(world: World) -> None:
    for address in (world.ada.url, "/people/", "/people/complete?q=ada", "/people/ada/photo/x/96"):
        response = Client().get(address)
        assert response.status_code == 302
        assert "Ada" not in response.content.decode()


def test_following_and_stopping(world: World) -> None:
    browser = world.browser(world.rita)
    response = browser.post("/people/ada/follow")
    assert response.headers["Location"] == world.ada.url
    browser.post("/people/ada/follow")
    assert Follow.objects.filter(follower=world.rita, followed=world.ada).count() == 1
    deeds = Record.objects.filter(verb=Verb.PERSON_FOLLOWED, actor_id=world.rita.pk)
    assert [deed.person_id for deed in deeds] == [world.ada.pk]
    page = browser.get(world.ada.url).content.decode()
    assert "1 follower<" in page
    assert "/people/ada/unfollow" in page
    assert "Rita Sommer" in browser.get("/people/ada/followers").content.decode()
    assert "Ada Lund" in browser.get("/people/rita/following").content.decode()
    browser.post("/people/ada/unfollow")
    assert not Follow.objects.exists()
    assert "/people/ada/follow" in browser.get(world.ada.url).content.decode()


def test_whom_nobody_can_follow(world: World) -> None:
    browser = world.browser(world.cleo)
    browser.post("/people/cleo/follow")
    browser.post("/people/dora/follow")
    assert world.browser(world.gus).post("/people/cleo/follow").status_code == 404
    assert browser.get("/people/ada/follow").status_code == 405
    assert not Follow.objects.exists()


def test_somebody_who_left_stays_readable_and_is_marked(world: World) -> None:
    page = world.browser(world.rita).get(world.dora.url).content.decode()
    assert "No longer here" in page
    assert 'formaction="/people/dora/follow"' not in page


def test_followers_are_paged_with_the_same_number_of_queries(world: World) -> None:
    browser = world.browser(world.cleo)

    def followers(query: str = "") -> tuple[int, list[str], str]:
        with CaptureQueriesContext(connection) as captured:
            response = browser.get(f"/people/ada/followers{query}")
        page = response.context["page"]
        query = response.context["older_url"].partition("?")[2]
        return len(captured), [person.handle for person in page.people], query

    follow(world.ada, by=world.ben)
    followers()
    few, first, older = followers()
    assert (first, older) == (["ben"], "")
    fans = [add_person(f"f{n}@company.example", f"Fan {n}", handle=f"fan{n}") for n in range(40)]
    for fan in fans:
        follow(world.ada, by=fan)
    many, newest, older = followers()
    assert many == few
    assert newest[0] == "fan39"
    _, rest, end = followers(f"?{older}")
    assert [*newest, *rest] == [f"fan{n}" for n in reversed(range(40))] + ["ben"]
    assert not end


def test_my_own_page_has_a_short_address(world: World) -> None:
    assert world.browser(world.ada).get("/people/me").headers["Location"] == world.ada.url


@pytest.mark.parametrize("name", ["Me", "Complete"])
def test_addresses_of_pages_are_nobodys_handle(world: World, name: str) -> None:
    person = add_person("me@company.example", name)
    assert person.handle == f"{name.lower()}-2"
    assert name in world.browser(world.ada).get(person.url).content.decode()


def test_the_profile_is_a_watched_page(world: World) -> None:
    response = world.browser(world.cleo).get(world.ada.url)
    assert f"author:{world.ada.pk}" in response.wsgi_request.__dict__["topics"]
    response = world.browser(world.gus).get(world.ada.url)
    assert f"author:{world.ada.pk}" not in response.wsgi_request.__dict__.get("topics", [])


def test_sections_of_higher_floors_stand_below(world: World) -> None:
    world.post(world.open, "A canary sings", by=world.ada)
    world.post(world.secret, "A secret canary", by=world.ada)
    page = world.browser(world.cleo).get(world.ada.url).content.decode()
    assert "A canary sings" in page
    assert "A secret canary" not in page


def test_a_profile_can_be_asked_for_in_any_case_of_url(world: World) -> None:
    for handle in ("%00", "a%2Fb", "x" * 300, "ada ", "Ada"):
        assert world.browser(world.cleo).get(f"/people/{handle}").status_code == 404


def test_the_button_leads_back_to_where_one_was(world: World) -> None:
    browser = world.browser(world.cleo)
    back = browser.post("/people/ada/follow", headers={"Referer": "http://testserver/people/?q=a"})
    assert back.headers["Location"] == "http://testserver/people/?q=a"
    away = browser.post("/people/ben/follow", headers={"Referer": "https://evil.example/"})
    assert away.headers["Location"] == reverse("people:person", args=["ben"])
