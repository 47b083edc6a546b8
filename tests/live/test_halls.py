"""Every deed in a town hall: a page that was told shows what a page read anew shows."""

from collections.abc import Sequence

import pytest

from hallway.core.guarding import as_system
from hallway.entries.actions import Draft
from hallway.townhalls.actions import (
    announce,
    ask,
    change,
    cheer,
    close_asking,
    edit,
    end,
    open_doors,
    tell,
    vote,
    withdraw,
)
from hallway.townhalls.actions.follow_up import follow_up
from hallway.townhalls.actions.moderate import (
    answer,
    decline,
    mark_answered,
    merge,
    put_on_stage,
    release,
    reopen,
    take_off_stage,
)
from hallway.townhalls.actions.poll import choose, prepare, set_state
from hallway.townhalls.actions.presence import count_present
from hallway.townhalls.models import Option, TownHall
from tests.live.screens import Screens
from tests.townhalls.conftest import plan

pytestmark = [pytest.mark.slow]


def announced(screens: Screens, **fields: object) -> TownHall:
    """A town hall in the closed room, with Ben as its host and Ada on stage."""
    world = screens.world
    wanted = plan(hosts=[world.ben], speakers=[world.ada], **fields)
    return announce(Draft(title="Next", text="Ask."), wanted, world.closed, by=world.ben)


def pages(hall: TownHall) -> dict[str, Sequence[str]]:
    """Who looks: the host also at the desk, the audience also from elsewhere."""
    return {
        "gus": [hall.url, "/"],
        "ada": [hall.url, f"/e/{hall.pk}"],
        "ben": [hall.url, f"{hall.url}/desk", hall.space.url],
        "cleo": ["/"],
    }


def test_from_asking_to_the_end(screens: Screens) -> None:
    world = screens.world
    hall = announced(screens)
    with screens.open(pages(hall)):
        early = ask(hall, "Is there anything to eat?", by=world.gus)
        screens.after("asked before it began", quietly=True)
        open_doors(hall, by=world.ben)
        screens.after("the doors open")
        why = ask(hall, "Why seven travel tools?", by=world.ada)
        again = ask(hall, "Seven travel tools, why?", by=world.gus)
        screens.after("asked", quietly=True)
        for by in (world.ada, world.ben):
            vote(why, True, by=by)
            vote(again, True, by=by)
        screens.after("voted", quietly=True)
        vote(why, False, by=world.ben)
        screens.after("a vote taken back", quietly=True)
        edit(why, "Why do we have seven travel tools?", by=world.ada)
        screens.after("edited", quietly=True)
        put_on_stage(why, by=world.ben)
        screens.after("on stage", quietly=True)
        merge(again, why, by=world.ben)
        screens.after("united")
        vote(again, True, by=world.gus)
        screens.after("voted for the united one", quietly=True)
        put_on_stage(early, by=world.ben)
        screens.after("the next one on stage", quietly=True)
        take_off_stage(early, by=world.ben)
        screens.after("not on stage", quietly=True)
        reopen(why, by=world.ben)
        screens.after("not answered after all", quietly=True)
        mark_answered(why, by=world.ben)
        screens.after("answered", quietly=True)
        answer(early, "There is **soup**.", by=world.ben)
        screens.after("answered in writing", quietly=True)
        late = ask(hall, "And a word about the weather?", by=world.gus)
        decline(late, "Nobody knows.", by=world.ben)
        screens.after("declined")
        release(late, by=world.ben)
        screens.after("released again")
        withdraw(late, by=world.gus)
        screens.after("withdrawn")
        cheer(hall.pk, {"clap": 3, "heart": 1})
        tell(hall.pk, cheers=True)
        count_present(hall.pk, "hub", 5, None)
        screens.after("a crowd", quietly=True)
        close_asking(hall, True, by=world.ben)
        screens.after("asking closed")
        close_asking(hall, False, by=world.ben)
        screens.after("asking open again")
        put_on_stage(ask(hall, "The last question?", by=world.ada), by=world.ben)
        count_present(hall.pk, "hub", 0, 5)
        end(hall, by=world.ben)
        screens.after("the end")
        follow_up(why, owner=world.ada, due=None, outcome="Two are left.", done=False, by=world.ben)
        screens.after("followed up")
    for deed, names in screens.rereads.items():
        for name in names:
            # Few pages are read anew: of those who direct it and who asked; at the end the hall's.
            assert not name.startswith("cleo"), (deed, name)


def test_polls(screens: Screens) -> None:
    world = screens.world
    hall = announced(screens)
    open_doors(hall, by=world.ben)
    with screens.open(pages(hall)):
        first = prepare(hall, "Tea?", ["Yes", "No"], by=world.ben)
        screens.after("prepared")
        second = prepare(hall, "Cake?", ["Yes", "No"], by=world.ben)
        for poll in (first, second):
            set_state(poll, "open", by=world.ben)
            screens.after("opened")
        with as_system("the test looks up the options"):
            yes, no = Option.objects.filter(poll=first)
        choose(first, yes, by=world.gus)
        screens.after("chosen", quietly=True)
        choose(first, no, by=world.gus)
        choose(first, no, by=world.ada)
        screens.after("chosen again", quietly=True)
        set_state(second, "closed", by=world.ben)
        screens.after("closed")
        end(hall, by=world.ben)
        screens.after("ended")


def test_held_questions_are_seen_by_moderators_and_their_askers_only(screens: Screens) -> None:
    world = screens.world
    hall = announced(screens, moderation="before")
    with screens.open({**pages(hall), "gus": [hall.url], "cleo": ["/"]}):
        question = ask(hall, "What about the bonus?", by=world.ada)
        screens.settle()
        for screen in screens.screens:
            screen.listen()
            held = "What about the bonus" in screen.page.text
            assert held == (screen.address.endswith("/desk")), screen.name
            assert not screen.page.stale or screen.person in (world.ada, world.ben)
        screens.after("held back")
        release(question, by=world.ben)
        screens.after("released")
        edit(question, "What about the boni?", by=world.ada)
        screens.after("edited, so held back again")


def test_it_is_changed_deleted_and_restored(screens: Screens) -> None:
    world = screens.world
    hall = announced(screens)
    ask(hall, "Is there anything to eat?", by=world.gus)
    ben = world.browser(world.ben)
    with screens.open(pages(hall)):
        change(hall, plan(hosts=[world.ben, world.ada], minutes=30), by=world.ben)
        screens.after("changed")
        open_doors(hall, by=world.ben)
        screens.after("opened")
        change(hall, plan(hosts=[world.ben], minutes=45), by=world.ben)
        screens.after("changed while on air")
        ben.post(f"/e/{hall.pk}/delete")
        screens.after("deleted")
        ben.post(f"/e/{hall.pk}/restore")
        screens.after("restored")
