"""Following and muting conversations: who hears of what is said in one.

A muted conversation is silent about comments and reactions, by whatever way; who is mentioned
there hears of it all the same. Who follows one hears of every comment in it.
"""

from collections.abc import Collection

from django.http import HttpRequest
from django.template.loader import render_to_string

from hallway.core.guarding import as_system
from hallway.core.http import viewer_of
from hallway.core.writing import writing
from hallway.entries import access
from hallway.entries.actions.reading import begin_reading
from hallway.entries.models import Entry
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.notifications.models import ThreadChoice
from hallway.people.models import Person
from hallway.spaces.actions import NotAllowed

Choice = ThreadChoice.Choice


def listening(people: Collection[int], thread: int) -> set[int]:
    """Those of `people` (ids) who have not muted the conversation under the entry `thread`."""
    muted = ThreadChoice.objects.filter(
        thread_id=thread, choice=Choice.MUTED, person_id__in=set(people)
    )
    return set(people) - set(muted.values_list("person_id", flat=True))


def following(thread: int, *, after: int = 0, most: int) -> list[int]:
    """The first `most` people (ids, in order) past `after` who follow the conversation."""
    rows = ThreadChoice.objects.filter(
        thread_id=thread, choice=Choice.FOLLOWED, person_id__gt=after
    )
    return list(rows.order_by("person_id").values_list("person_id", flat=True)[:most])


def choose(thread: Entry, choice: str, *, by: Person) -> bool:
    """Let `by` follow or mute a conversation, or hear the usual (""); returns whether it changed.

    Raises NotAllowed when `by` may not see it (any more).
    """
    with writing():
        if not access.may(by, "see", thread):
            raise NotAllowed("see")
        if choice == choice_of(by, thread.pk):
            return False
        rows = ThreadChoice.objects.filter(person=by, thread=thread)
        if choice:
            ThreadChoice.objects.update_or_create(
                person=by, thread=thread, defaults={"choice": Choice(choice)}
            )
        else:
            rows.delete()
        if choice == Choice.FOLLOWED:
            begin_reading(thread, by=by)
        record(Verb.THREAD_CHOSEN, actor=by.pk, entry=thread.pk, choice=choice)
    return True


def choice_of(person: Person, thread: int) -> str:
    """What `person` chose for the conversation under the entry `thread`; "" is the usual."""
    rows = ThreadChoice.objects.filter(person=person, thread_id=thread)
    return rows.values_list("choice", flat=True).first() or ""


def menu_rows(request: HttpRequest, entry: Entry) -> str:
    """The two choices in the menu of a post or comment, for the conversation it belongs to."""
    thread = entry.thread_id
    with as_system("the viewer's own choice"):
        choice = choice_of(viewer_of(request), thread)
    context = {"thread": thread, "choice": choice}
    return render_to_string("notifications/_thread_rows.html", context, request)
