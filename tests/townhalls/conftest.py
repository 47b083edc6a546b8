"""A town hall in the closed room: Ben hosts, Ada speaks, Gus takes part, Cleo must not see it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hallway.entries.actions import Draft
from hallway.townhalls.actions import Plan, announce
from hallway.townhalls.models import TownHall
from tests.world import World


def plan(**fields: object) -> Plan:
    """A plan for an hour from now, with what the test wants different."""
    wanted = {"starts_at": timezone.now() + timedelta(hours=1)} | fields
    return Plan(**wanted)  # type: ignore[arg-type]


@pytest.fixture
def hall(world: World) -> TownHall:
    """Announced by Ben, with Ada on stage."""
    draft = Draft(title="Where we go next", text="Ask **anything**.")
    return announce(
        draft, plan(hosts=[world.ben], speakers=[world.ada]), world.closed, by=world.ben
    )
