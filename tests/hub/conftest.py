"""A running hub for each test, fed by hand or with a town hall on air."""

from collections.abc import Iterator

import pytest

from hallway.entries.actions import Draft
from hallway.journal.verbs import Verb
from hallway.townhalls.actions import announce, ask, open_doors
from tests.hub.hall import Hall, wait_for
from tests.hub.halls import Scene
from tests.hub.test_gate import sign_in
from tests.live.screens import RealHall
from tests.townhalls.conftest import plan
from tests.world import build_world


@pytest.fixture
def hall() -> Iterator[Hall]:
    with Hall().open() as opened:
        yield opened


@pytest.fixture
def scene(transactional_db: None) -> Iterator[Scene]:
    world = build_world()
    hall = announce(
        Draft(title="Where we go next", text="Ask."),
        plan(hosts=[world.ben], speakers=[world.ada]),
        world.closed,
        by=world.ben,
    )
    questions = [ask(hall, f"Question number {n}?", by=world.ada) for n in range(3)]
    open_doors(hall, by=world.ben)
    hall.refresh_from_db()
    keys = {person.pk: sign_in(person) for person in (world.ada, world.ben, world.cleo, world.gus)}
    hub = RealHall()
    with hub.open():
        scene = Scene(world, hub, hall, questions, keys)
        # A hub begins by telling what an earlier one may have left untold.
        wait_for(lambda: scene.rows(Verb.HALL_TALLY))
        yield scene
