"""Sharing into another space: nobody sees more of the original than without the share."""

import re

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hallway.entries.actions import Draft, NotAllowed, delete, edit, restore
from hallway.entries.models import Entry
from hallway.hub.frames import frames_of
from hallway.hub.reading import Drawn
from hallway.hub.tickets import check
from hallway.journal.models import Record
from hallway.journal.position import START
from hallway.journal.reader import committed
from hallway.journal.verbs import Verb
from hallway.notifications.models import Notification
from hallway.notifications.queries import shown_to
from hallway.notifications.reader import follower
from hallway.shares.actions import share
from hallway.spaces.actions import put_in, remove
from tests.world import World

pytestmark = pytest.mark.django_db

CLOSED = "The shared entry is not open to you."


@pytest.fixture
def hushed(world: World) -> Entry:
    """Words of Ada's in the secret room."""
    return world.post(world.secret, "Sesame opens", by=world.ada, title="Hush")


def page(world: World, who: str, address: str) -> str:
    answer = world.browser(world.people[who]).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def drawn_last(world: World) -> list[Drawn]:
    """What the newest deed changes on open screens."""
    seq = Record.objects.order_by("-seq").values_list("seq", flat=True)[0]
    [deed] = [deed for deed in committed(START, list(Verb)) if deed.position.seq == seq]
    return list(frames_of(deed))


def test_by_form_and_only_for_those_who_may_see_it(world: World, hushed: Entry) -> None:
    ben = world.browser(world.ben)
    assert f'href="/e/{hushed.pk}/share"' in page(world, "ben", f"/e/{hushed.pk}/menu")
    form = page(world, "ben", f"/e/{hushed.pk}/share")
    assert "Sesame opens" in form
    assert "those who may not read Secret room see only your note" in form
    assert f'<option value="{world.secret.pk}"' not in form
    sent = {
        "space": world.hall.pk,
        "text": "Look at this",
        "key": re.search(r'name="key" value="([^"]+)"', form)[1],
    }  # type: ignore[index]
    answers = [ben.post(f"/e/{hushed.pk}/share", sent) for _ in range(2)]
    assert {answer.status_code for answer in answers} == {302}
    made = answers[0]["Location"]
    assert answers[1]["Location"] == made
    for address in (made, "/", "/spaces/all-of-company", "/people/ben", f"{made}/shared"):
        for who in ("ada", "ben"):
            text = page(world, who, address)
            assert "Sesame opens" in text, (who, address)
            assert f'data-shared="{hushed.pk}"' in text
        text = page(world, "cleo", address)
        for secret in ("Sesame", "Hush", "Secret room", f'/e/{hushed.pk}"'):
            assert secret not in text, (secret, address)
    for address in (made, "/", "/spaces/all-of-company"):
        assert "Look at this" in page(world, "cleo", address)
        assert "nicht für dich" in page(world, "cleo", address)


def test_deleted_and_forbidden_look_the_same(world: World, hushed: Entry) -> None:
    made = share(hushed, Draft("Look"), world.hall, by=world.ben)
    forbidden = page(world, "rita", f"/e/{made.pk}/shared")
    assert CLOSED in forbidden
    delete(hushed, by=world.ada)
    assert page(world, "ben", f"/e/{made.pk}/shared") == forbidden
    restore(hushed, by=world.ada)
    edit(hushed, title="", text="Other words", by=world.ada)
    assert "Other words" in page(world, "ben", f"/e/{made.pk}")
    remove(world.secret, world.ada, by=world.ben)
    assert page(world, "ada", f"/e/{made.pk}/shared") == forbidden


def test_what_one_may_not_see_or_where_one_may_not_post(world: World, hushed: Entry) -> None:
    made = share(hushed, Draft(""), world.hall, by=world.ben)
    for who, pk in (("cleo", hushed.pk), ("cleo", made.pk), ("gus", made.pk)):
        browser = world.browser(world.people[who])
        assert browser.get(f"/e/{pk}/share").status_code == 404
        assert browser.post(f"/e/{pk}/share", {"space": world.open.pk}).status_code == 404
        with pytest.raises(NotAllowed):
            share(hushed, Draft("Mine now"), world.open, by=world.people[who])
    ada = world.browser(world.ada)
    for space in (world.secret.pk, 987_654, ""):
        assert ada.post(f"/e/{hushed.pk}/share", {"space": space}).status_code == 404
    # Who shares a share passes on what it carries.
    assert ada.post(f"/e/{made.pk}/share", {"space": 0}).status_code == 302
    assert "Sesame opens" in page(world, "ben", "/people/ada")
    assert "/share" not in page(world, "cleo", f"/e/{made.pk}/menu")


def test_open_screens_are_told_the_note_alone(world: World, hushed: Entry) -> None:
    made = share(hushed, Draft("Look at this"), world.hall, by=world.ben)
    told = drawn_last(world)
    assert {each.topic for each in told} == {f"space:{world.hall.pk}", f"author:{world.ben.pk}"}
    for each in told:
        html = each.html["en"]
        assert "Look at this" in html
        assert f'src="/e/{made.pk}/shared"' in html
        assert "Sesame" not in html
        assert f"/e/{hushed.pk}" not in html
    # That the original changed is told where it stands, and nowhere else.
    edit(hushed, title="", text="Other words", by=world.ada)
    told = drawn_last(world)
    assert {each.topic for each in told} == {f"space:{world.secret.pk}"}
    assert f"[data-shared=&quot;{hushed.pk}&quot;]" in "".join(each.html["en"] for each in told)


def test_pages_hear_of_the_spaces_of_what_they_carry(world: World) -> None:
    """Rita is in no room; she reads the open one, of which her pages would not hear otherwise."""
    original = world.post(world.open, "Open words", by=world.ada)
    made = share(original, Draft("Look"), world.hall, by=world.ben)
    for address in ("/", f"/e/{made.pk}", "/spaces/all-of-company"):
        text = page(world, "rita", address)
        assert "Open words" in text
        ticket = re.search(r'<live-screen ticket="([^"]+)"', text)
        assert ticket
        assert f"space:{world.open.pk}" in check(ticket[1]).topics


@pytest.mark.django_db(transaction=True)
def test_the_author_is_told_while_they_may_see_the_share(world: World, hushed: Entry) -> None:
    follower().begin_now()
    room = world.closed
    share(hushed, Draft("Look"), room, by=world.ben)
    share(hushed, Draft("Look, @ada"), world.hall, by=world.ben)
    follower().catch_up()
    rows = shown_to(world.ada)
    assert sorted(row.kind for row in rows) == ["mention", "shared"]
    assert "shared your post" in page(world, "ada", "/notifications/")
    remove(room, world.ada, by=world.ben)
    follower().catch_up()
    assert not shown_to(world.ada).filter(kind=Notification.Kind.SHARED).exists()
    put_in(room, world.ada, by=world.ben)
    assert shown_to(world.ada).filter(kind=Notification.Kind.SHARED).exists()


def test_many_shares_cost_the_queries_of_one(world: World) -> None:
    counts = []
    for round_ in (1, 6):
        for number in range(round_):
            original = world.post(world.secret, f"Words {round_}.{number}", by=world.ada)
            share(original, Draft("Look"), world.hall, by=world.ben)
        world.browser(world.ada).get("/")
        caches["cards"].clear()
        with CaptureQueriesContext(connection) as queries:
            page(world, "ada", "/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
