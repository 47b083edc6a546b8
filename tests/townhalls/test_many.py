"""Very many questions and votes: what is told and shown stays of one size, and nothing is lost."""

import time

import pytest
from django.db import connection
from django.http import Http404
from django.utils import timezone

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.entries.actions import delete
from hallway.journal.models import Record
from hallway.journal.verbs import Verb
from hallway.townhalls import queries
from hallway.townhalls.actions import (
    News,
    ask,
    cheer,
    open_doors,
    tell,
    tell_all,
    tell_or_owe,
    tell_owed,
    vote,
)
from hallway.townhalls.actions.moderate import mark_answered
from hallway.townhalls.models import Question, TownHall
from hallway.townhalls.picture import _drawn
from hallway.townhalls.views.screens import coming
from tests.world import World


def crowd(hall: TownHall, count: int, **fields: object) -> list[Question]:
    """So many questions without a name."""
    given = {"since": timezone.now(), "votes": 3, "secret": "c" * 64, "state": "open"} | fields
    with as_system("the test fills a hall"):
        return Question.objects.bulk_create(
            [Question(hall=hall, text=f"Question number {n}?", **given) for n in range(count)]
        )


def told(hall: TownHall) -> list[dict[str, object]]:
    rows = Record.objects.filter(verb=Verb.HALL_TALLY, entry_id=hall.pk).order_by("seq")
    return [row.detail for row in rows]


def later(hall: TownHall) -> None:
    """Let the time pass until it is its turn."""
    with writing(), as_system("the test turns the clock"):
        TownHall.objects.filter(pk=hall.pk).update(tallied_at=timezone.now().replace(year=2000))


def test_votes_as_plain_forms_are_told_together(world: World, hall: TownHall) -> None:
    open_doors(hall, by=world.ben)
    first, second = (ask(hall, f"Question number {n}?", by=world.ada) for n in range(2))
    gus = world.browser(world.gus)
    began = time.monotonic()
    for number in range(30):
        gus.post(f"/halls/questions/{first.pk}/vote", {"on": str((number + 1) % 2)})
    # At most one in a quarter of a second.
    assert len(told(hall)) <= min(29, 2 + 4 * (time.monotonic() - began))
    tell(hall.pk, questions=[first.pk])
    vote(second, True, by=world.ben)
    cheer(hall.pk, {"clap": 1})
    tell_or_owe(hall.pk, News(cheers=True))
    before = len(told(hall))
    later(hall)
    tell_owed([hall.pk])
    (last,) = told(hall)[before:]
    assert second.pk in last["questions"]  # type: ignore[operator]
    assert last["cheers"]
    tell_owed([hall.pk])
    assert len(told(hall)) == before + 1


def test_what_is_owed_is_told_with_the_next_vote(world: World, hall: TownHall) -> None:
    first, second = (ask(hall, f"Question number {n}?", by=world.ada) for n in range(2))
    tell_or_owe(hall.pk, News({first.pk}))
    tell_or_owe(hall.pk, News({second.pk}))
    assert [row["questions"] for row in told(hall)] == [[first.pk]]
    later(hall)
    tell_or_owe(hall.pk, News({first.pk}))
    assert told(hall)[-1]["questions"] == sorted([first.pk, second.pk])


def test_answered_ones_stay_listed_under_very_many(world: World, hall: TownHall) -> None:
    open_doors(hall, by=world.ben)
    question = ask(hall, "Answered with few votes?", by=world.ada)
    mark_answered(question, by=world.ben)
    with as_system("the test makes it old"):
        Question.objects.filter(pk=question.pk).update(since=timezone.now().replace(year=2000))
    crowd(hall, 400)
    found, further = queries.listed(hall)
    assert question.pk in {each.pk for each in found}
    assert len(found) + further == 401
    page = world.browser(world.gus).get(hall.url).content.decode()
    assert f'id="answered-{question.pk}"' in page


def test_after_a_start_small_rows_tell_what_is_listed_of_halls_that_stand(
    world: World, hall: TownHall
) -> None:
    open_doors(hall, by=world.ben)
    crowd(hall, 1000)
    tell_all()
    sizes = [len(row["questions"]) for row in told(hall)]  # type: ignore[arg-type]
    assert len(sizes) == 2
    assert max(sizes) <= 200
    assert sum(row["cheers"] for row in told(hall)) == 1  # type: ignore[misc]
    delete(hall.entry, by=world.ben)
    tell_all()
    assert len(told(hall)) == 2


def test_a_hall_deleted_while_it_is_drawn_is_not_found(world: World, hall: TownHall) -> None:
    delete(hall.entry, by=world.ben)
    with pytest.raises(Http404):
        _drawn(hall.pk)


def test_screens_and_desk_read_a_bounded_part(world: World, hall: TownHall) -> None:
    questions = crowd(hall, 700)
    with as_system("the test ranks one"):
        Question.objects.filter(pk=questions[-1].pk).update(votes=9)
    assert coming(hall)[0].pk == questions[-1].pk
    ben = world.browser(world.ben)
    shown = {}
    for number in ("", "?all=1", "?all=2", "?all=3", "?all=4"):
        page = ben.get(f"{hall.url}/desk{number}").content.decode()
        shown[number] = page.count('class="desk-question')
        assert (f"?all={int(number[-1:] or 0) + 1}" in page) == (number in ("", "?all=1", "?all=2"))
    assert list(shown.values()) == [200, 300, 300, 100, 0]
    merge = ben.get(f"/halls/questions/{questions[0].pk}/merge").content.decode()
    assert merge.count('class="merge-choice"') == 30


def test_the_public_numbers_are_read_once_for_many(world: World, hall: TownHall) -> None:
    gus = world.browser(world.gus)
    address = f"{hall.url}/anonymity.json"
    first = gus.get(address)
    assert first.headers["Content-Type"] == "application/json"
    with as_system("the test changes what no deed changes"):
        TownHall.objects.filter(pk=hall.pk).update(tokens=7)
    assert gus.get(address).content == first.content
    cheer_deed(world, hall)
    assert gus.get(address).json()["tokens_per_person"] == 7


def cheer_deed(world: World, hall: TownHall) -> None:
    """Any deed."""
    open_doors(hall, by=world.ben)
    cheer(hall.pk, {"clap": 1})


@pytest.mark.django_db(transaction=True)
def test_while_an_old_transaction_is_open_each_deed_is_seen(world: World, hall: TownHall) -> None:
    open_doors(hall, by=world.ben)
    gus = world.browser(world.gus)
    if connection.vendor != "postgresql":
        ask(hall, "The first of all?", by=world.ada)
        assert "The first of all?" in gus.get(hall.url).content.decode()
        return
    import psycopg

    settings = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    given = {name: settings[name] for name in names if settings.get(name)}
    with psycopg.connect(**given) as other:
        other.execute("SELECT pg_current_xact_id()")
        for number in range(3):
            ask(hall, f"Asked as number {number}?", by=world.ada)
            assert f"Asked as number {number}?" in gus.get(hall.url).content.decode()
        other.rollback()
