"""What of a town hall stands outside its page: the bar above every page, the card in streams."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hallway.entries.actions import Draft
from hallway.townhalls.actions import announce, end, open_doors
from hallway.townhalls.models import TownHall
from tests.townhalls.conftest import plan
from tests.townhalls.test_pages import read
from tests.world import World


def test_the_bar_is_on_every_page_of_the_audience_while_on_air(
    world: World, hall: TownHall
) -> None:
    bar = f'id="air-{hall.pk}"'
    assert bar not in read(world.browser(world.gus).get("/"))
    open_doors(hall, by=world.ben)
    for path in ("/", "/people/", "/notifications/", "/halls/"):
        assert bar in read(world.browser(world.gus).get(path))
        assert bar not in read(world.browser(world.cleo).get(path))
    assert "Ada Lund is on stage now" in read(world.browser(world.gus).get("/"))
    end(hall, by=world.ben)
    assert bar not in read(world.browser(world.gus).get("/"))


def test_its_card_stands_in_streams_and_leads_into_the_hall(world: World, hall: TownHall) -> None:
    page = read(world.browser(world.gus).get(world.closed.url))
    assert f'class="hall-card" href="{hall.url}"' in page
    assert "Town hall</span>" in page
    open_doors(hall, by=world.ben)
    assert ">Live</span>" in read(world.browser(world.gus).get(hall.entry.url))


@pytest.mark.usefixtures("nothing_ages")
def test_the_frame_asks_for_nothing_more_where_nothing_is_on_air(world: World) -> None:
    browser = world.browser(world.ben)

    def asked_for() -> int:
        browser.get("/people/")
        with CaptureQueriesContext(connection) as queries:
            browser.get("/people/")
        return len(queries)

    before = asked_for()
    halls = [
        announce(
            Draft(title=f"Hall {number}", text=""), plan(hosts=[world.ben]), space, by=world.ben
        )
        for number, space in enumerate((world.closed, world.open, world.secret))
    ]
    assert asked_for() == before
    open_doors(halls[0], by=world.ben)
    one = asked_for()
    for hall in halls[1:]:
        open_doors(hall, by=world.ben)
    assert asked_for() == one
