"""Who was declined is told so, waits a week before asking again, and may be invited meanwhile."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hallway.core.guarding import as_system
from hallway.spaces.access import may
from hallway.spaces.actions import NotAllowed, ask, decline, invite, join
from hallway.spaces.models import JoinRequest
from hallway.spaces.standing import ASK_AGAIN_AFTER
from tests.spaces.deeds import asked, told
from tests.world import World

pytestmark = pytest.mark.django_db

NO = "Your request to join was declined."


def declined_ago(world: World, ago: timedelta) -> None:
    with as_system("a test turns the clock"):
        JoinRequest.objects.filter(person=world.cleo).update(declined_at=timezone.now() - ago)


@pytest.fixture
def declined(world: World) -> World:
    """Cleo asked to join the closed room, and Ben said no."""
    ask(world.closed, "Please", by=world.cleo)
    decline(world.closed, world.cleo, by=world.ben)
    return world


def test_cleo_reads_that_she_was_declined_and_until_when_she_waits(declined: World) -> None:
    page = declined.browser(declined.cleo).get("/spaces/closed-room").content.decode()
    assert NO in page
    assert 'action="/spaces/closed-room/ask"' not in page
    found = declined.browser(declined.cleo).get("/spaces/").content.decode()
    assert ">Declined<" in found
    other = declined.browser(declined.rita).get("/spaces/closed-room").content.decode()
    assert "declined" not in other
    assert 'action="/spaces/closed-room/ask"' in other


def test_asking_again_too_soon_is_refused_and_explained(declined: World) -> None:
    with told() as verbs:
        answer = declined.browser(declined.cleo).post("/spaces/closed-room/ask", {"message": "?"})
    assert answer.status_code == 422
    assert NO in answer.content.decode()
    assert verbs == []
    with pytest.raises(NotAllowed):
        ask(declined.closed, by=declined.cleo)
    assert not asked(declined.cleo, declined.closed)


def test_after_a_week_she_asks_anew(declined: World) -> None:
    declined_ago(declined, ASK_AGAIN_AFTER + timedelta(minutes=1))
    browser = declined.browser(declined.cleo)
    assert NO not in browser.get("/spaces/closed-room").content.decode()
    with told() as verbs:
        assert browser.post("/spaces/closed-room/ask", {"message": "Now?"}).status_code == 302
    assert verbs == ["join.asked"]
    assert asked(declined.cleo, declined.closed)


def test_managers_see_no_declined_request_and_may_invite_her(declined: World) -> None:
    members = declined.browser(declined.ben).get("/spaces/closed-room/members").content.decode()
    assert "asks to join" not in members
    assert not decline(declined.closed, declined.cleo, by=declined.ben)
    invite(declined.closed, declined.cleo, by=declined.ben)
    page = declined.browser(declined.cleo).get("/spaces/closed-room").content.decode()
    assert NO not in page
    join(declined.closed, by=declined.cleo)
    assert may(declined.cleo, "read", declined.closed)


def test_her_own_withdrawal_does_not_take_the_answer_back(declined: World) -> None:
    declined.browser(declined.cleo).post("/spaces/closed-room/withdraw")
    with pytest.raises(NotAllowed):
        ask(declined.closed, by=declined.cleo)
