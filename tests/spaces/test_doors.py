"""Every address of a space, as somebody sees it who must not: the same bytes as a wrong address."""

import pytest
from django.test import Client

from hallway.spaces.actions import ask, invite
from hallway.spaces.urls import urlpatterns
from tests.spaces.deeds import told
from tests.world import World

pytestmark = pytest.mark.django_db

GET_AND_POST = ("get", "post")
OF_ONE_SPACE = [
    str(each.pattern).replace("<slug:slug>", "{slug}").replace("<str:handle>", "ada")
    for each in urlpatterns
    if "slug" in str(each.pattern)
]
MANAGED = [
    ("get", "{slug}/edit", {}),
    ("post", "{slug}/edit", {"name": "Mine now"}),
    ("post", "{slug}/requests/cleo", {"answer": "approve"}),
    ("post", "{slug}/requests/cleo", {"answer": "decline"}),
    ("post", "{slug}/members/ada/role", {"role": "manager"}),
    ("post", "{slug}/members/ben/role", {"role": "member"}),
    ("post", "{slug}/members/ben/remove", {}),
    ("post", "{slug}/invitations/rita/withdraw", {}),
    ("get", "{slug}/managers", {}),
    ("post", "{slug}/managers/ada", {"role": "manager"}),
]


def test_all_addresses_are_swept() -> None:
    assert len(OF_ONE_SPACE) == len(urlpatterns) - 3  # without the list, new and complete


@pytest.mark.parametrize("method", GET_AND_POST)
@pytest.mark.parametrize("address", OF_ONE_SPACE)
@pytest.mark.parametrize("outsider", ["cleo", "gus", "rita"])
def test_a_secret_space_is_no_space_to_outsiders(
    world: World, outsider: str, address: str, method: str
) -> None:
    browser = world.browser(world.people[outsider])
    with told() as verbs:
        secret = getattr(browser, method)("/spaces/" + address.format(slug=world.secret.slug))
        unknown = getattr(browser, method)("/spaces/" + address.format(slug="no-such-space"))
    assert (secret.status_code, secret.content) == (unknown.status_code, unknown.content)
    assert secret.status_code in (404, 405)
    assert verbs == []


@pytest.mark.parametrize("address", OF_ONE_SPACE)
def test_a_guest_sees_no_space_but_theirs(world: World, address: str) -> None:
    browser = world.browser(world.gus)
    open_space = browser.get("/spaces/" + address.format(slug=world.open.slug))
    unknown = browser.get("/spaces/" + address.format(slug="no-such-space"))
    assert (open_space.status_code, open_space.content) == (unknown.status_code, unknown.content)


@pytest.mark.parametrize(("method", "address", "form"), MANAGED)
@pytest.mark.parametrize("room", ["open", "closed"])
@pytest.mark.parametrize("somebody", ["ada", "cleo", "gus"])
def test_only_managers_manage(
    world: World, somebody: str, room: str, method: str, address: str, form: dict[str, str]
) -> None:
    ask(world.closed, by=world.cleo)
    invite(world.closed, world.rita, by=world.ben)
    browser = world.browser(world.people[somebody])
    space = world.spaces[room]
    with told() as verbs:
        answer = getattr(browser, method)("/spaces/" + address.format(slug=space.slug), form)
    unknown = getattr(browser, method)("/spaces/" + address.format(slug="no-such-space"), form)
    assert (answer.status_code, answer.content) == (404, unknown.content)
    assert verbs == []


def test_deactivated_and_signed_out_people_reach_the_door_only(world: World) -> None:
    for browser in (world.browser(world.dora), Client()):
        answer = browser.get(world.open.url)
        assert answer.status_code == 302
        assert "next=/spaces/open-room" in answer.url


@pytest.mark.parametrize("tab", ["members", "about", "complete?q=ada", "invite"])
def test_a_closed_space_shows_outsiders_its_front_only(world: World, tab: str) -> None:
    world.post(world.closed, "Only for members", by=world.ada)
    browser = world.browser(world.cleo)
    front = browser.get(world.closed.url).content.decode()
    assert world.closed.name in front
    assert "Ask to join" in front
    assert "3 members" in front
    for hidden in ("Only for members", "Ada Lund", "Ben Okafor", f"{world.closed.url}/members"):
        assert hidden not in front
    assert browser.get(f"{world.closed.url}/{tab}").status_code == 404


def test_completion_offers_readers_only(world: World) -> None:
    browser = world.browser(world.ada)

    def offered(address: str) -> set[str]:
        return {each["handle"] for each in browser.get(address).json()}

    assert offered(f"{world.open.url}/complete?q=cleo") == {"cleo"}
    assert offered(f"{world.secret.url}/complete?q=cleo") == set()
    assert offered(f"{world.secret.url}/complete?q=ben") == {"ben"}
    assert offered(f"/spaces/complete?space={world.secret.pk}&q=ben") == {"ben"}
    assert offered(f"{world.open.url}/complete?q=dora") == set()
    number = f"/spaces/complete?space={world.secret.pk}&q=ben"
    assert world.browser(world.cleo).get(number).status_code == 404
    assert browser.get("/spaces/complete?space=x").status_code == 404


@pytest.mark.parametrize("bad", ["%00", "%ED%A0%80", "[", "[1,2]", '["a",99999999999999999999]'])
def test_odd_words_in_addresses_break_nothing(world: World, bad: str) -> None:
    browser = world.browser(world.ben)
    for address in ("/spaces/?q={}", "/spaces/?after={}", "/spaces/open-room/members?after={}"):
        assert browser.get(address.format(bad)).status_code == 200
    assert browser.post(f"/spaces/open-room/members/a{bad}/remove").status_code == 404
