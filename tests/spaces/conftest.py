"""The story world as the pages of spaces are read here: by people who read English."""

import pytest

from tests.world import World, build_world


@pytest.fixture
def world(db: None) -> World:
    """A fresh company whose Cleo reads English, so that sentences can be compared."""
    world = build_world()
    world.cleo.language = "en"
    world.cleo.save(update_fields=["language"])
    return world
