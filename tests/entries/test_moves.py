"""Moving to another space: all that hangs on an entry follows the rule from one moment on."""

import pytest

from hallway.comments.actions import comment
from hallway.entries.actions import AuthorLosesSight, Draft, NotAllowed, delete, move, react, save
from hallway.entries.models import Entry
from hallway.entries.moves import consequence
from hallway.hub.endings import ending_of
from hallway.hub.frames import frames_of
from hallway.journal.models import Record
from hallway.journal.position import START
from hallway.journal.reader import Deed, committed
from hallway.journal.verbs import Verb
from hallway.notifications.queries import shown_to
from hallway.notifications.reader import follower
from hallway.spaces.actions import put_in, set_role
from hallway.stream.menu import my_menu
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(world: World) -> Entry:
    """Words of Ada's in the open room, with an answer of Cleo's."""
    plan = world.post(world.open, "The plan", by=world.ada)
    put_in(world.open, world.cleo, by=world.ben)
    comment(Draft("What I think"), plan, by=world.cleo)
    return plan


def last_deed() -> Deed:
    seq = Record.objects.order_by("-seq").values_list("seq", flat=True)[0]
    [deed] = [deed for deed in committed(START, list(Verb)) if deed.position.seq == seq]
    return deed


def test_the_page_says_who_gains_and_who_loses(world: World, plan: Entry) -> None:
    ben = world.browser(world.ben)
    text = ben.get(f"/e/{plan.pk}/move?space={world.secret.pk}").content.decode()
    assert "All 2 people who read Secret room will see it." in text
    assert "2 people who see it now will not see it any more." in text
    assert "cannot see it now" not in text
    found = consequence(plan, world.closed)
    assert (found.readers, found.gain, found.lose) == (3, 1, 2)


@pytest.mark.django_db(transaction=True)
def test_everything_follows(world: World, plan: Entry) -> None:
    react(plan, "like", by=world.cleo)
    save(plan, True, by=world.cleo)
    follower().begin_now()
    said = comment(Draft("Look, @cleo"), plan, by=world.ben)
    follower().catch_up()
    assert len(shown_to(world.cleo)) == 1
    answer = world.browser(world.ben).post(f"/e/{plan.pk}/move", {"space": world.secret.pk})
    assert (answer.status_code, answer["Location"]) == (302, f"/e/{plan.pk}")
    cleo = world.browser(world.cleo)
    for address in (f"/e/{plan.pk}", f"/e/{said.pk}", f"/e/{plan.pk}/reactions"):
        assert cleo.get(address).status_code == 404
    for address in ("/", "/saved", "/spaces/open-room", "/people/ada", "/notifications/"):
        text = cleo.get(address).content.decode()
        assert "The plan" not in text and "Look, " not in text, address
    assert not shown_to(world.cleo)
    [of_open] = [row for row in my_menu(world.cleo) if row.id == world.open.pk]
    assert of_open.unread == 0
    ada = world.browser(world.ada)
    text = ada.get("/spaces/secret-room").content.decode()
    assert "The plan" in text
    assert "What I think" in ada.get(f"/e/{plan.pk}").content.decode()
    # Back where everybody reads, everything is there again.
    move(plan, world.open, by=world.ada)
    assert shown_to(world.cleo)
    assert "The plan" in cleo.get("/saved").content.decode()


def test_the_history_names_what_its_reader_may_know(world: World, plan: Entry) -> None:
    move(plan, world.secret, by=world.ada)
    move(plan, world.open, by=world.ada)
    text = world.browser(world.ben).get(f"/e/{plan.pk}/history").content.decode()
    assert "Ada Lund moved it here from Secret room" in text
    text = world.browser(world.rita).get(f"/e/{plan.pk}/history").content.decode()
    assert "Secret room" not in text
    assert "Ada Lund moved it here from another space" in text
    assert (
        "See earlier versions"
        in world.browser(world.rita).get(f"/e/{plan.pk}/menu").content.decode()
    )


def test_who_may_and_where(world: World, plan: Entry) -> None:
    for who in ("cleo", "gus", "rita"):
        person = world.people[who]
        assert world.browser(person).get(f"/e/{plan.pk}/move").status_code == 404
        with pytest.raises(NotAllowed):
            move(plan, world.hall, by=person)
    answer = world.browser(world.ada).post(f"/e/{plan.pk}/move", {"space": 987_654})
    assert answer.status_code == 404
    # Ben manages here, but not in the hall, where he only posts.
    with pytest.raises(NotAllowed):
        move(plan, world.hall, by=world.ben)
    assert move(plan, world.hall, by=world.ada)
    # Cleo wrote it, and may not read in the secret room.
    own = world.post(world.open, "Cleo's", by=world.cleo)
    with pytest.raises(AuthorLosesSight):
        move(own, world.secret, by=world.ben)
    answer = world.browser(world.ben).post(f"/e/{own.pk}/move", {"space": world.secret.pk})
    assert answer.status_code == 422
    said = comment(Draft("A comment"), own, by=world.ben)
    with pytest.raises(NotAllowed):
        move(said, world.closed, by=world.ben)


def test_what_is_being_answered_meanwhile_does_not_stay_behind(world: World, plan: Entry) -> None:
    move(Entry(pk=plan.pk), world.secret, by=world.ada)
    with pytest.raises(NotAllowed):  # loaded before it was moved
        comment(Draft("Too late"), plan, by=world.cleo)


def test_open_screens_lose_it_at_that_position(world: World, plan: Entry) -> None:
    set_role(world.secret, world.ada, "manager", by=world.ben)
    move(plan, world.secret, by=world.ada)
    deed = last_deed()
    ending = ending_of(deed, lambda _: [])
    assert ending is not None and ending.position == deed.position
    left, came = f"space:{world.open.pk}", f"space:{world.secret.pk}"
    assert set(ending.forgotten) == {left, came, "author:"}
    told = frames_of(deed)
    gone = [each for each in told if each.target == f"entry-{plan.pk}"]
    assert {each.topic for each in gone} == {left, f"author:{world.ada.pk}"}
    for each in told:
        assert ("The plan" in each.html["en"]) <= (each.topic == came)
    assert any("The plan" in each.html["en"] for each in told)
    # What is done from then on is told where it stands now, and nowhere else.
    react(Entry.objects.model(pk=plan.pk), "like", by=world.ben)
    assert {each.topic for each in frames_of(last_deed()) if "The plan" in each.html["en"]} == {
        came
    }
    delete(Entry(pk=plan.pk), by=world.ada)
    assert not [each for each in frames_of(deed) if "The plan" in each.html["en"]]
