"""Pages of the ordinary audience that stay open all the time: their head, and their end."""

import pytest

from hallway.entries.actions import Draft, edit
from hallway.hub.frames import frames_of
from hallway.journal import reader
from hallway.journal.verbs import Verb
from hallway.townhalls.actions import announce, ask, change, end, open_doors
from hallway.townhalls.actions.presence import count_present
from hallway.townhalls.models import TownHall
from tests.live.screens import Screens
from tests.townhalls.conftest import plan

pytestmark = [pytest.mark.slow]


def announced(screens: Screens) -> TownHall:
    world = screens.world
    wanted = plan(hosts=[world.ben], speakers=[world.ada])
    return announce(Draft(title="Next", text="Ask."), wanted, world.closed, by=world.ben)


def test_title_cast_and_words_on_air_reach_everybody(screens: Screens) -> None:
    world = screens.world
    hall = announced(screens)
    with screens.open({"gus": [hall.url]}):
        assert "Remind me" in screens.screens[0].page.text
        open_doors(hall, by=world.ben)
        screens.settle()
        screens.screens[0].listen()
        assert "Remind me" not in screens.screens[0].page.text
        screens.after("opened", quietly=True)
        change(hall, plan(hosts=[world.ben], speakers=[world.ben]), by=world.ben)
        screens.after("another cast", quietly=True)
        edit(hall.entry, title="Where next?", text="**New** words.", by=world.ben, edits=None)
        screens.after("another title", quietly=True)
        assert "Where next?" in screens.screens[0].page.text


def test_at_the_end_nothing_can_be_backed_and_the_result_is_read_in_time(screens: Screens) -> None:
    world = screens.world
    hall = announced(screens)
    open_doors(hall, by=world.ben)
    question = ask(hall, "Is there anything to eat?", by=world.ada)
    with screens.open({"gus": [hall.url]}):
        screen = screens.screens[0]
        assert screen.page.find(f"question-{question.pk}") is not None
        count_present(hall.pk, "hub", 10_000, None)
        end(hall, by=world.ben)
        screens.settle()
        screen.listen()
        assert screen.page.find(f"question-{question.pk}") is None
        assert "This town hall is over" in screen.page.text
        assert screen.page.stale == f"reread #list-{hall.pk}"
        with_crowd = were_there_at_the_end(hall)
        assert with_crowd == 10_000
        screens.after("the end")
        # Whoever has read the result is not told to read it again.
        assert screen.page.find(f"list-{hall.pk}") is None
        assert screen.page.find(f"after-{hall.pk}") is not None


def were_there_at_the_end(hall: TownHall) -> int:
    """How many are told to take their time."""
    deeds = reader.read(reader.Position(0, 0), 100_000)
    (ended,) = [deed for deed in deeds if (deed.verb, deed.entry_id) == (Verb.HALL_ENDED, hall.pk)]
    (told,) = [each for each in frames_of(ended) if each.target == "over"]
    return int(told.html["en"].partition('data-crowd="')[2].partition('"')[0])
