"""Who reacted how: counts by kind that narrow the list, in the words of each row a sign."""

import re

import pytest

from hallway.entries.actions import react
from hallway.people.actions import add_person
from tests.world import World

pytestmark = pytest.mark.django_db


def names(page: str) -> list[str]:
    return re.findall(r'<a class="row-name"[^>]*>([^<]*)</a>', page)


def test_kinds_are_counted_and_narrow_the_list(world: World) -> None:
    post = world.post(world.open, "Cake in the kitchen", by=world.ada)
    react(post, "like", by=world.ben)
    react(post, "love", by=world.rita)
    react(post, "love", by=world.cleo)
    browser = world.browser(world.ada)
    page = browser.get(f"/e/{post.pk}/reactions").content.decode()
    assert names(page) == ["Cleo Marchetti", "Rita Sommer", "Ben Okafor"]
    assert re.search(r'aria-current="page">All 3<', page)
    assert re.search(r'\?kind=love"><span aria-hidden="true">❤️</span>.*Love</span> 2<', page)
    assert page.count('<span class="row-end" aria-hidden="true">❤️</span>') == 2
    loved = browser.get(f"/e/{post.pk}/reactions?kind=love").content.decode()
    assert names(loved) == ["Cleo Marchetti", "Rita Sommer"]
    nonsense = browser.get(f"/e/{post.pk}/reactions?kind=%00").content.decode()
    assert len(names(nonsense)) == 3


def test_the_next_page_keeps_the_kind(world: World) -> None:
    post = world.post(world.open, "Cake in the kitchen", by=world.ada)
    for number in range(31):
        person = add_person(f"p{number}@company.example", f"Person {number:02}")
        react(post, "love", by=person)
    react(post, "like", by=world.ben)
    page = world.browser(world.ada).get(f"/e/{post.pk}/reactions?kind=love").content.decode()
    following = re.search(r'href="(\?kind=love&amp;before=\d+)"', page)
    assert following
    rest = following[1].replace("&amp;", "&")
    last = world.browser(world.ada).get(f"/e/{post.pk}/reactions{rest}").content.decode()
    assert names(last) == ["Person 00"]


def test_who_may_not_read_the_post_learns_nothing(world: World) -> None:
    post = world.post(world.secret, "Hush", by=world.ada)
    react(post, "love", by=world.ben)
    assert world.browser(world.cleo).get(f"/e/{post.pk}/reactions?kind=love").status_code == 404


@pytest.mark.parametrize("place", ["menu", "reactions", "history"])
def test_the_way_back_stands_above_the_title(world: World, place: str) -> None:
    post = world.post(world.open, "Cake", by=world.ada)
    page = world.browser(world.ada).get(f"/e/{post.pk}/{place}").content.decode()
    main = page[page.index('<main id="main"') :]
    assert main.index('class="back"') < main.index('class="page-head"')
    back = main[main.index('class="back"') : main.index("</a>")]
    assert "#arrow-left" in back
