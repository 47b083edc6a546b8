"""The test of the test: a rule switched off at any one door is noticed at that door."""

from contextlib import ExitStack

import pytest
from django.core.cache import caches

from tests.doors import entries, finding, halls, outside, streams  # noqa: F401 - they fill the table
from tests.doors.looking import DOORS
from tests.doors.loosening import FAULTS
from tests.doors.story import Story

pytestmark = pytest.mark.django_db

OUTSIDERS = ("cleo", "gus")
SHARED_DOORS = {
    "completion by number": "completion in a space",
    "founding a space": "managing a space",
    "conversation": "permalink",
}
"""Faults behind the same door as another."""


@pytest.fixture
def warm(story: Story) -> None:
    """Open the pages once while the rules hold, since some statements are compiled only once."""
    for who in OUTSIDERS:
        for address in ("/", "/notifications/"):
            story.browser(who).get(address)


def test_each_door_has_its_fault() -> None:
    assert {SHARED_DOORS.get(name, name) for name in FAULTS} == set(DOORS)


@pytest.mark.parametrize("name", FAULTS)
def test_the_oracle_turns_red(story: Story, warm: None, name: str) -> None:
    door = DOORS[SHARED_DOORS.get(name, name)]
    with ExitStack() as stack:
        for fault in FAULTS[name]:
            fault.into(stack)
        stack.callback(caches["cards"].clear)
        findings = door.compare(story, OUTSIDERS)
    leaks = [each for each in findings if "lacks" not in each and "shut" not in each]
    assert leaks, findings
