"""No town hall is without an end: deleted, forgotten on air, never held, or left by its hosts."""

from datetime import timedelta

import pytest
from django.db import connection

from hallway.accounts.actions import deactivate
from hallway.core.guarding import as_system
from hallway.entries.actions import delete, restore
from hallway.spaces.actions import set_role
from hallway.townhalls import access
from hallway.townhalls.actions import ask, end, open_doors
from hallway.townhalls.actions.closing import FORGOTTEN, NEVER_HELD, close_what_is_over
from hallway.townhalls.models import Issued, SigningKey, TownHall
from hallway.worker.chores import LOOKS, Reminding
from tests.townhalls.tokens import Wallet
from tests.world import World

pytestmark = pytest.mark.django_db

MOMENT = timedelta(minutes=1)


def stored(hall: TownHall) -> TownHall:
    with as_system("a test looks at the rows"):
        return TownHall.objects.get(pk=hall.pk)


def secrets_of(hall: TownHall) -> tuple[bool, int, int | None]:
    """Whether there is a private key, how many are known to have tokens, and how many had."""
    with as_system("a test looks at the rows"):
        key = SigningKey.objects.get(hall=hall)
        return bool(key.private), Issued.objects.filter(hall=hall).count(), key.issued


@pytest.fixture
def given(world: World, hall: TownHall) -> TownHall:
    """Gus has his tokens."""
    Wallet(hall.pk).fill(world.browser(world.gus))
    assert secrets_of(hall) == (True, 1, None)
    return hall


def test_who_deletes_it_on_air_ends_it(world: World, given: TownHall) -> None:
    open_doors(given, by=world.ben)
    delete(given.entry, by=world.ben)
    assert stored(given).is_ended
    assert secrets_of(given) == (False, 0, 1)
    restore(given.entry, by=world.ben)
    assert stored(given).is_ended
    assert world.browser(world.gus).get(given.url).status_code == 200


def test_who_deletes_one_to_come_destroys_its_key(world: World, given: TownHall) -> None:
    delete(given.entry, by=world.ben)
    assert secrets_of(given) == (False, 0, 1)
    restore(given.entry, by=world.ben)
    assert stored(given).is_announced
    assert stored(given).takes_questions
    Wallet(given.pk).fill(world.browser(world.ada))
    assert secrets_of(given) == (False, 0, 1)
    open_doors(given, by=world.ben)
    end(given, by=world.ben)
    # What had been counted stays: no more tokens were given out than that.
    assert secrets_of(given) == (False, 0, 1)


def test_what_is_forgotten_on_air_is_ended(world: World, given: TownHall) -> None:
    question = ask(given, "Why is the canteen closed?", by=world.ada)
    open_doors(given, by=world.ben)
    over = given.ends_at + FORGOTTEN
    assert close_what_is_over(over - MOMENT) == 0
    assert stored(given).is_on_air
    assert close_what_is_over(over + MOMENT) == 1
    assert close_what_is_over(over + MOMENT) == 0
    assert stored(given).is_ended
    assert secrets_of(given) == (False, 0, 1)
    assert question.pk


def test_what_opened_late_is_not_forgotten_yet(world: World, hall: TownHall) -> None:
    open_doors(hall, by=world.ben)
    with as_system("a test changes the past"):
        late = hall.ends_at + FORGOTTEN
        TownHall.objects.filter(pk=hall.pk).update(opened_at=late)
    assert close_what_is_over(late + MOMENT) == 0
    assert close_what_is_over(late + timedelta(hours=1) + FORGOTTEN + MOMENT) == 1


def test_what_was_never_held_closes(world: World, given: TownHall) -> None:
    over = given.ends_at + NEVER_HELD
    assert close_what_is_over(over - MOMENT) == 0
    assert secrets_of(given) == (True, 1, None)
    assert close_what_is_over(over + MOMENT) == 1
    assert close_what_is_over(over + MOMENT) == 0
    assert secrets_of(given) == (False, 0, 1)
    assert not stored(given).takes_questions
    assert world.browser(world.gus).get(given.url).status_code == 200


def test_the_worker_looks_for_it(world: World, given: TownHall) -> None:
    assert close_what_is_over in LOOKS
    with as_system("a test changes the past"):
        long_ago = given.starts_at - timedelta(days=3)
        TownHall.objects.filter(pk=given.pk).update(starts_at=long_ago)
    assert Reminding().do_what_is_due()
    assert secrets_of(given) == (False, 0, 1)


def test_managers_of_the_space_act_as_hosts(world: World, hall: TownHall) -> None:
    open_doors(hall, by=world.ben)
    ada = world.browser(world.ada)
    assert not access.may(world.ada, "host", hall)
    assert f"{hall.url}/end" not in ada.get(hall.url).content.decode()
    set_role(world.closed, world.ada, "manager", by=world.ben)
    for verb in ("host", "moderate", "stage", "follow_up"):
        assert access.may(world.ada, verb, hall)
    assert access.moderated_by(world.ada).filter(pk=hall.pk).exists()
    deactivate(world.ben, by=world.rita)
    assert f"{hall.url}/end" in ada.get(hall.url).content.decode()
    # Administrators have no special way into spaces.
    assert not access.may(world.rita, "host", hall)
    assert not access.may(world.gus, "host", hall)
    assert ada.post(f"{hall.url}/end").status_code == 302
    assert stored(hall).is_ended


def test_sqlite_overwrites_what_is_deleted(db: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps dead rows until VACUUM, as docs/anonymity.md says")
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA secure_delete").fetchone() == (1,)
