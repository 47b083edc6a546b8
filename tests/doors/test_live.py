"""Live screens are told exactly what their person may see: at once, later, and no longer."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

import pytest

from hallway.hub import endings, frames_of_entries, gate
from hallway.journal import reader
from tests.doors.live import ENDED, HERE, busy_day, hear, leaks, missing, open_hall, quick_day
from tests.doors.story import Story, tell_story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def day(transactional_db: None) -> Iterator[Story]:
    """A story of one's own, which may go on."""
    with patch("os.fsync"):
        yield tell_story()


def test_each_deed_is_told_to_those_who_may_see_it(day: Story) -> None:
    before = reader.position()
    with open_hall() as hall:
        ears = hear(hall, day, HERE, lambda: busy_day(hall, day, "monday"))
        later = hear(hall, day, HERE, lambda: None, since=before)
        out = hear(hall, day, ["dora"], lambda: None)
    for ear in ears.values():
        assert leaks(day, ear, at_once=True) == set()
        assert missing(day, ear, "monday") == set()
    # What has been deleted since is not told to who comes later, not even to readers.
    for ear in later.values():
        assert leaks(day, ear, at_once=False) == set()
    assert (out["dora"].code, out["dora"].messages) == (ENDED, [])


def test_who_loses_a_room_hears_nothing_from_it(day: Story) -> None:
    before = reader.position()

    with open_hall() as hall:

        def deeds() -> None:
            quick_day(day, "monday", ["open", "closed"])
            day.open_up("open", "closed")
            day.remove("closed", "gus")
            # At once, when the gate is still being asked about everybody who shows the room: who
            # stays may be told to read the page anew instead.
            quick_day(day, "tuesday", ["open", "closed"])
            hall.settle()
            quick_day(day, "wednesday", ["open", "closed"])

        ears = hear(hall, day, HERE, deeds)
        later = hear(hall, day, HERE, lambda: None, since=before)
    ended = {
        who: {message["ended"] for message in ear.messages if "ended" in message}
        for who, ear in ears.items()
    }
    assert f"space:{day.rooms['open'].pk}" in ended["cleo"] & ended["rita"]
    assert f"space:{day.rooms['closed'].pk}" in ended["gus"]
    afterwards = {
        word
        for word, canary in day.canaries.items()
        if ".tuesday." in canary.about or ".wednesday." in canary.about
    }
    for who in ("cleo", "rita", "gus"):
        assert ears[who].words & afterwards == set()
        assert leaks(day, later[who], at_once=False) == set()
    for who in ("ada", "ben"):
        assert missing(day, ears[who], "wednesday") == set()


def _everything(person: object, topics: object) -> frozenset[str]:
    return frozenset(topics)  # type: ignore[call-overload]


@contextmanager
def _all_to_followers() -> Iterator[None]:
    """Every post goes to the author's topic, as if all rooms were open."""

    class Anything:
        OPEN = type("Open", (), {"__eq__": lambda *_: True, "__hash__": None})()

    with patch.object(frames_of_entries.Space, "Openness", Anything):
        yield


@pytest.mark.parametrize("fault", ["the gate", "the drawings", "the past"])
def test_the_oracle_hears_faults(day: Story, fault: str) -> None:
    before = reader.position()
    with ExitStack() as stack, open_hall() as hall:
        if fault == "the gate":
            stack.enter_context(patch.object(gate, "visible_topics", _everything))
        elif fault == "the drawings":
            stack.enter_context(_all_to_followers())
        else:
            stack.enter_context(patch.object(endings, "_entry_deleted", lambda deed: None))
        ears = hear(hall, day, ["ada", "cleo"], lambda: busy_day(hall, day, "monday", ["secret"]))
        later = hear(hall, day, ["ada", "cleo"], lambda: None, since=before)
    if fault == "the past":
        assert leaks(day, later["ada"], at_once=False)
    else:
        assert leaks(day, ears["cleo"], at_once=True)
