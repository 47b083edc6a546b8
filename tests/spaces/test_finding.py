"""Finding spaces: what is in the list, in which order, at which price."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hallway.core.guarding import as_system
from hallway.people.actions import add_person
from hallway.spaces.access import my_spaces, visible_to
from hallway.spaces.actions import create_space, invite, put_in, wall_of
from hallway.spaces.models import Membership
from hallway.spaces.queries import search
from tests.world import World

pytestmark = pytest.mark.django_db


def names(html: str) -> list[str]:
    """The names of the spaces listed on a page, in order."""
    return re.findall(r'<a class="row-name" href="/spaces/[^"]+">([^<]+)</a>', html)


def listed(world: World, name: str, query: str = "") -> list[str]:
    return names(world.browser(world.people[name]).get(f"/spaces/{query}").content.decode())


def test_everybody_finds_what_they_may_know_of(world: World) -> None:
    wall_of(world.ada)
    assert listed(world, "ada") == ["All of Company", "Closed room", "Open room", "Secret room"]
    assert listed(world, "cleo") == ["All of Company", "Closed room", "Open room"]
    assert listed(world, "rita") == ["All of Company", "Closed room", "Open room"]
    assert listed(world, "gus") == ["Closed room"]
    assert listed(world, "cleo", "?mine=1") == ["All of Company"]


def test_the_list_holds_what_the_rule_gives(world: World) -> None:
    invite(world.secret, world.cleo, by=world.ben)
    for person in (world.ada, world.ben, world.cleo, world.gus, world.rita):
        known = set(visible_to(person).values_list("name", flat=True))
        page = names(world.browser(person).get("/spaces/").content.decode())
        assert set(page) == known
        mine = names(world.browser(person).get("/spaces/?mine=1").content.decode())
        assert set(mine) == {space.name for space in my_spaces(person)}


def test_search_forgives_accents_and_asks_the_rule(world: World) -> None:
    create_space("Zürich Büro", by=world.ben, description="Alles über Velos", kind="department")
    create_space("Geheimes Büro", by=world.ben, openness="secret")
    assert listed(world, "cleo", "?q=buro zurich") == ["Zürich Büro"]
    assert listed(world, "cleo", "?q=BUERO") == ["Zürich Büro"]
    assert listed(world, "cleo", "?q=velos&kind=department") == ["Zürich Büro"]
    assert listed(world, "cleo", "?q=velos&kind=team") == []
    assert listed(world, "cleo", "?q=%25") == listed(world, "cleo")
    assert listed(world, "ben", "?q=büro") == ["Geheimes Büro", "Zürich Büro"]
    assert [space.name for space in search(world.cleo, "büro", 10)] == ["Zürich Büro"]


def test_an_invitation_shows_a_secret_space_on_top(world: World) -> None:
    invite(world.secret, world.cleo, by=world.ben)
    html = world.browser(world.cleo).get("/spaces/").content.decode()
    assert "You are invited" in html
    assert names(html)[0] == "Secret room"
    assert 'formaction="/spaces/secret-room/join"' in html


def test_pages_lead_through_all_without_gaps(world: World) -> None:
    made = [create_space(f"Team {n:03}", by=world.ben).name for n in range(70)]
    browser = world.browser(world.cleo)
    found: list[str] = []
    address = "?q=team"
    while address:
        html = browser.get(f"/spaces/{address}").content.decode()
        found += names(html)
        more = re.search(r'href="(\?[^"]+after=[^"]+)"', html)
        address = more[1].replace("&amp;", "&") if more else ""
    assert found == made


def test_members_are_counted_without_those_who_left(world: World) -> None:
    html = world.browser(world.cleo).get("/spaces/?q=closed").content.decode()
    assert "3 members" in html  # Ben, Ada and Gus; Dora is deactivated
    assert "All employees" in world.browser(world.cleo).get("/spaces/?q=company").content.decode()


def test_as_many_queries_for_thirty_as_for_one(world: World) -> None:
    browser = world.browser(world.ben)

    def queries(address: str) -> int:
        browser.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200
        return len(captured)

    addresses = ("/spaces/", "/spaces/open-room/members", "/spaces/open-room/about")
    few = [queries(address) for address in addresses]
    for n in range(30):
        create_space(f"Team {n}", by=world.ben)
        person = add_person(f"p{n}@company.example", f"Person {n}")
        put_in(world.open, person, by=world.ben, role=Membership.Role.MANAGER)
        asking = add_person(f"q{n}@company.example", f"Question {n}")
        invite(world.open, asking, by=world.ben)
    many = [queries(address) for address in addresses]
    # The first invitation brings in the one query that draws the list of the invited.
    assert many[0] == few[0]
    assert many[1] == few[1]
    assert many[2] == few[2]


def test_empty_lists_invite_one_action(world: World) -> None:
    html = world.browser(world.cleo).get("/spaces/?q=nothing-like-it").content.decode()
    assert "No space found" in html
    with as_system("a guest without any space"):
        Membership.objects.filter(person=world.gus).delete()
    html = world.browser(world.gus).get("/spaces/").content.decode()
    assert "No space yet" in html
    assert "/spaces/new" not in html


def test_ones_own_spaces_lead_only_where_nothing_is_asked_for(world: World) -> None:
    for query, leads in {"": True, "?q=room": False, "?mine=1": False, "?after=x": False}.items():
        page = world.browser(world.ada).get(f"/spaces/{query}").content.decode()
        assert ("frame-mine-first" in page) is leads, query
