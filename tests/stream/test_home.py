"""Home, space and tag streams as people meet them."""

import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hallway.comments.actions import comment
from hallway.entries.actions import Draft, delete, react
from hallway.people.actions import add_person, follow
from tests.world import World

pytestmark = pytest.mark.django_db


def entries_on(html: str) -> list[int]:
    """The numbers of the cards on a page, in order."""
    return [int(number) for number in re.findall(r'<article id="entry-(\d+)"', html)]


def test_home_shows_my_spaces_and_those_i_follow(world: World) -> None:
    hall = world.post(world.hall, "For all", by=world.ben)
    room = world.post(world.open, "In a room Cleo is not in", by=world.ada)
    assert entries_on(world.browser(world.cleo).get("/").content.decode()) == [hall.pk]
    follow(world.ada, by=world.cleo)
    home = world.browser(world.cleo).get("/").content.decode()
    assert entries_on(home) == [room.pk, hall.pk]
    following = world.browser(world.cleo).get("/?tab=following").content.decode()
    assert entries_on(following) == [room.pk]


def test_pages_lead_on_without_script(world: World) -> None:
    posts = [world.post(world.open, f"Post {n}", by=world.ada).pk for n in range(45)]
    browser = world.browser(world.ada)
    seen: list[int] = []
    address = "/"
    while address:
        html = browser.get(address).content.decode()
        seen += entries_on(html)
        assert len(seen) <= 45
        older = re.search(r'<a class="[^"]*stream-older" href="([^"]+)"', html)
        address = "/" + older[1] if older else ""
    assert seen == posts[::-1]


def test_publish_on_the_wall_and_in_a_space(world: World) -> None:
    browser = world.browser(world.ada)
    browser.post("/posts", {"text": "On my wall", "space": "0"})
    browser.post("/posts", {"text": "In the **room**", "space": world.open.pk, "title": "News"})
    html = browser.get("/").content.decode()
    assert "On my wall" in html
    assert "In the <strong>room</strong>" in html
    assert "On my wall" in browser.get("/people/ada").content.decode()
    assert "News" in browser.get(world.open.url).content.decode()


def test_words_survive_an_error(world: World) -> None:
    browser = world.browser(world.ada)
    answer = browser.post("/posts", {"text": "x" * 20_001, "title": "Kept", "space": "0"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Kept" in html
    assert "x" * 20_001 in html


@pytest.mark.parametrize("room", ["closed", "secret"])
def test_nobody_posts_where_they_do_not_belong(world: World, room: str) -> None:
    space = world.spaces[room]
    unknown = world.browser(world.cleo).post("/posts", {"text": "Hi", "space": "999999"})
    answer = world.browser(world.cleo).post("/posts", {"text": "Hi", "space": space.pk})
    assert answer.status_code == unknown.status_code == 404
    assert answer.content == unknown.content


@pytest.mark.parametrize(
    "address", ["/", "/?tab=following", "/spaces/open-room", "/tags/bike", "/people/ada"]
)
def test_as_many_queries_for_thirty_as_for_one(world: World, address: str) -> None:
    follow(world.ada, by=world.ben)
    browser = world.browser(world.ben)

    def one(number: int) -> None:
        entry = world.post(world.open, f"Ride {number} #bike", by=world.ada)
        said = comment(Draft("Nice"), entry, by=world.ben)
        comment(Draft("Very"), said, by=world.ada)
        react(entry, "like", by=world.ben)

    def count() -> int:
        caches["cards"].clear()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    one(0)
    browser.get(address)
    first = count()
    for number in range(1, 20):
        one(number)
    assert count() == first


def test_unread_counts_what_others_wrote_since_i_looked(world: World) -> None:
    def unread() -> int:
        html = world.browser(world.ada).get("/").content.decode()
        found = re.search(
            rf'<unread-count[^>]* space="{world.open.pk}" count="(\d+)"[^>]*>(\d*)(.*?)</', html
        )
        assert found
        # Without JavaScript the number is read, not written by the element.
        shown = found[1] if found[1] != "0" else ""
        assert (found[2], "new" in found[3]) == (shown, bool(shown))
        return int(found[1])

    world.post(world.open, "Mine", by=world.ada)
    first = world.post(world.open, "One", by=world.ben)
    second = world.post(world.open, "Two", by=world.ben)
    assert unread() == 2
    delete(second, by=world.ben)
    assert unread() == 1
    world.browser(world.ada).post(f"/spaces/{world.open.slug}/seen", {"entry": first.pk})
    assert unread() == 0
    world.post(world.open, "Three", by=world.ben)
    assert unread() == 1


def test_new_colleagues_are_those_who_have_come(world: World) -> None:
    nia = add_person("nia@company.example", "Nia Abara")
    told = world.browser(world.ada).get("/beside").content.decode()
    assert "Nia Abara" not in told
    found = world.browser(world.ada).get("/people/?q=nia").content.decode()
    assert "Nia Abara" in found
    world.browser(nia)
    assert "Nia Abara" in world.browser(world.ada).get("/beside").content.decode()
