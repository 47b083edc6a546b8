"""For every person, every entry and every door: what is seen is exactly what is allowed."""

import pytest

from tests.doors import entries, finding, halls, outside, streams  # noqa: F401 - they fill the table
from tests.doors.looking import DOORS
from tests.doors.story import VIEWERS, Story

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", DOORS)
def test_seen_is_allowed(story: Story, name: str) -> None:
    assert DOORS[name].compare(story, VIEWERS) == []
