"""Who lost their access while their form was under way changes nothing, whatever it is for."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.http import HttpResponse

from hallway.accounts.models import Session
from hallway.people.models import Person
from tests.doors.contents import contents
from tests.doors.deeds import (
    BY_SCRIPT,
    DEEDS,
    LOOKS_FIRST,
    LOOKS_ONLY,
    OF_THE_BROWSER,
    OF_THE_SESSION,
    taking_forms,
)
from tests.doors.meanwhile import post
from tests.doors.routes import OF_ADMINISTRATORS, routes
from tests.doors.story import Story

pytestmark = pytest.mark.django_db

ROUTES = {route.name: route for route in routes()}
Loss = Callable[[Story, str], object]


def deactivated(story: Story, who: str) -> None:
    """Somebody has no access at all any more."""
    Person.objects.filter(pk=story.world.people[who].pk).update(is_active=False)


def signed_out(story: Story, who: str) -> None:
    """The session of this one browser is ended."""
    Session.objects.filter(pk=story.browser(who).session.session_key).delete()


def demoted(story: Story, who: str) -> None:
    """Somebody administers nothing any more."""
    Person.objects.filter(pk=story.world.people[who].pk).update(is_administrator=False)


def send(story: Story, name: str, loss: Loss) -> tuple[HttpResponse, set[str]]:
    """Do the deed behind a route after `loss`; returns the answer and the tables that changed."""
    deed = DEEDS[name]
    address = deed.address(story, ROUTES[name])
    before: dict[str, str] = {}

    def happening() -> None:
        loss(story, deed.who)
        before.update(contents())

    answer = post(story, deed.who, address, deed.filled(story), happening)
    after = contents()
    assert before, "the request came this far"
    return answer, {table for table in after if after[table] != before[table]}


def test_every_form_has_its_deed_here(story: Story) -> None:
    others = OF_THE_BROWSER | OF_THE_SESSION | BY_SCRIPT | LOOKS_ONLY
    assert taking_forms(story) == DEEDS.keys() | others


@pytest.mark.parametrize("name", sorted(DEEDS))
def test_the_deed_changes_something_otherwise(story: Story, name: str) -> None:
    answer, changed = send(story, name, lambda *_: None)
    assert answer.status_code in (200, 201, 204, 302)
    # A message to the person is kept in their session.
    assert changed - {"accounts_session"}


@pytest.mark.parametrize("name", sorted(DEEDS))
@pytest.mark.parametrize("loss", [deactivated, signed_out])
def test_without_access_it_changes_nothing(story: Story, name: str, loss: Loss) -> None:
    sent = len(mail.outbox)
    answer, changed = send(story, name, loss)
    assert changed == set()
    if name in LOOKS_FIRST and answer.status_code == 404:
        return
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/?next=")
    assert len(mail.outbox) == sent


@pytest.mark.parametrize("name", sorted((OF_ADMINISTRATORS & DEEDS.keys()) | {"spaces:appoint"}))
def test_who_administers_no_longer_changes_nothing(story: Story, name: str) -> None:
    sent = len(mail.outbox)
    answer, changed = send(story, name, demoted)
    assert changed == set()
    assert answer.status_code in (403, 404)
    assert len(mail.outbox) == sent
