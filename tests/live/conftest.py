"""A company with a hub."""

from collections.abc import Iterator

import pytest
from django.core.cache import caches

from tests.live.screens import RealHall, Screens
from tests.world import World, build_world


@pytest.fixture
def company(transactional_db: None) -> World:
    """The world of the tests, committed, so that other threads see it."""
    caches["cards"].clear()
    return build_world()


@pytest.fixture
def screens(company: World) -> Iterator[Screens]:
    """The company's real hub; nobody looks yet."""
    hall = RealHall()
    with hall.open():
        yield Screens(company, hall)
