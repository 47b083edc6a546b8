"""Town halls in the story: in each room one, with questions and polls in all their states."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from hallway.core.guarding import as_system
from hallway.entries.actions import Draft
from hallway.entries.models import Entry
from hallway.people.models import Person
from hallway.spaces.models import Space
from hallway.townhalls.actions import Plan, announce, ask, end, follow_up, open_doors
from hallway.townhalls.actions.moderate import answer, decline
from hallway.townhalls.actions.poll import prepare, set_state
from hallway.townhalls.models import Poll, Question, TownHall
from tests.doors.model import Asked

if TYPE_CHECKING:
    from tests.doors.story import Story

HOSTS = {"hall": "rita", "open": "ben", "closed": "ben", "secret": "ben"}
"""Who announces a hall in which room; that of the company is to come, the secret one is over."""


def announced(draft: Draft, space: Space, *, by: Person) -> Entry:
    """A town hall instead of a post."""
    plan = Plan(starts_at=timezone.now() + timedelta(hours=1), tokens=0)
    return announce(draft, plan, space, by=by).entry


def halls_everywhere(story: "Story") -> None:
    """A hall in each room, in which Ada asks what becomes of everything; Ben or Rita moderates."""
    for room, host in HOSTS.items():
        name = f"{room}.townhall"
        entry = story.post(room, name, by=host, image=False, publish=announced)
        with as_system("the writer of the story sees everything"):
            hall = TownHall.objects.select_related("entry__space").get(pk=entry.pk)
        story.halls[room] = hall
        by = story.world.people[host]
        asked = {each: _asked(story, room, each) for each in ("asked", "held", "declined", "told")}
        with as_system("as with moderation before"):
            Question.objects.filter(pk=asked["held"].pk).update(state="held")
        story.company.questions[f"{room}.held"].state = "held"
        decline(asked["declined"], story.canary("question", f"{room}.declined", "reason"), by=by)
        story.company.questions[f"{room}.declined"].state = "declined"
        answer(asked["told"], story.canary("question", f"{room}.told", "answer"), by=by)
        promise = story.canary("question", f"{room}.told", "outcome")
        follow_up(asked["told"], owner=by, due=None, outcome=promise, done=False, by=by)
        _polls(story, room, hall, by)
        if room == "secret":
            end(hall, by=by)
        hall.refresh_from_db()


def _asked(story: "Story", room: str, name: str) -> Question:
    known = f"{room}.{name}"
    story.company.questions[known] = Asked(known, f"{room}.townhall", "ada", "open")
    words = f"What about {story.canary('question', known, 'words')}?"
    question = ask(story.halls[room], words, by=story.world.ada)
    story.questions[known] = question
    return question


def _polls(story: "Story", room: str, hall: TownHall, by: Person) -> None:
    for name in ("shown", "prepared"):
        known = f"{room}.{name}"
        words = story.canary("poll", known, "words")
        story.polls[known] = prepare(hall, words, ["Yes", "No"], by=by)
    if room != "hall":
        open_doors(hall, by=by)
        set_state(story.polls[f"{room}.shown"], Poll.State.OPEN, by=by)
