"""A page that answers a form knows where the journal stood, as every page does."""

import re

import pytest

from hallway.journal import reader
from hallway.journal.position import START, Position
from tests.world import World


@pytest.mark.django_db(transaction=True)
def test_its_screen_need_not_read_it_anew_which_would_take_the_words_away(world: World) -> None:
    before = reader.position()
    answer = world.browser(world.ada).post(
        "/spaces/new", {"name": "", "description": "On the roof"}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "On the roof" in page
    found = re.search(r'<live-screen [^>]*position="([\d.]+)"', page)
    assert found is not None
    assert Position.parse(found[1]) >= before > START
