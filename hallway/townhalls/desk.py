"""What lies on the moderators' desk: all questions by what is to be done with them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hallway.journal.models import Record
from hallway.journal.verbs import Verb
from hallway.people.models import Person
from hallway.townhalls import access
from hallway.townhalls.models import Poll, Question, TownHall

S = Question.State

MOST_SHOWN = 200
"""Questions a list shows at first: those with the most votes; the others on demand."""

PAGE = 300
"""Questions of a list on a page of all of them."""

LOOKED_BACK = 20_000
"""Deeds of the company among which the last change of a question is looked for."""

LISTS: Sequence[tuple[str, Promise, tuple[str, ...]]] = (
    ("held", _("Waiting"), (S.HELD,)),
    ("stage", _("On stage"), (S.ON_STAGE,)),
    ("open", _("Open"), (S.OPEN,)),
    ("answered", _("Answered"), (S.ANSWERED, S.WRITTEN)),
    ("declined", _("Declined"), (S.DECLINED,)),
)
"""The lists of the desk, each with its name and the states of what stands in it."""


ALWAYS = ("stage", "answered")
"""Lists that are shown whole: what came into them was put there one by one, by moderators."""


@dataclass(frozen=True)
class Lane:
    """One list of the desk; `more` is how many are not shown, `rest` how many of these follow."""

    name: str
    title: Promise
    questions: list[Question]
    more: int = 0
    rest: int = 0

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.questions) + self.more

    @property
    def is_ahead(self) -> bool:
        """Whether there is still something to be done with what lies here."""
        return self.name in ("held", "stage", "open")


@dataclass(frozen=True)
class Meanwhile:
    """What somebody else did to a question: `who` is None for one who asked without a name."""

    who: Person | None
    change: str


def lanes(viewer: Person, hall: TownHall, *, number: int = 0) -> list[Lane]:
    """The desk of `hall` for who moderates it, with a fixed number of statements.

    Page `number` of all questions, from 1; 0 is the first look. Empty lists for who does not
    moderate it.
    """
    rows = access.desk_questions(viewer, hall)
    counts = dict(rows.order_by().values_list("state").annotate(found=Count("pk")))
    start = PAGE * (number - 1) if number else 0
    end = start + PAGE if number else MOST_SHOWN
    return [
        _lane(name, title, rows.filter(state__in=states), sum(counts.get(s, 0) for s in states))
        if name in ALWAYS
        else _lane(name, title, rows.filter(state__in=states), counts.get(states[0], 0), start, end)
        for name, title, states in LISTS
    ]


def _lane(
    name: str,
    title: Promise,
    rows: QuerySet[Question],
    count: int,
    start: int = 0,
    end: int | None = None,
) -> Lane:
    found = rows.defer("answer_html").select_related("author", "owner").order_by("-votes", "pk")
    shown = list(found[start:end]) if count else []
    if name == "answered":
        # In the order in which they were answered; in writing comes after what was said.
        shown.sort(key=lambda each: (each.second is None, each.second or 0))
    more = max(0, count - len(shown))
    return Lane(name, title, shown, more, max(0, count - start - len(shown)))


def polls_of(hall: TownHall) -> list[Poll]:
    """All polls of a hall the caller moderates, with their options."""
    polls = list(access.desk_polls(hall))
    options = access.options_of(polls)
    by_poll: dict[int, list[object]] = {poll.pk: [] for poll in polls}
    for option in options:
        by_poll[option.poll_id].append(option)
    for poll in polls:
        poll.shown_options = by_poll[poll.pk]  # type: ignore[attr-defined]
    return polls


def meanwhile(question: Question) -> Meanwhile | None:
    """The last thing that was done to `question`, if the journal still knows it."""
    newest = Record.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    deed = (
        Record.objects.filter(
            verb=Verb.HALL_QUESTION,
            entry_id=question.hall_id,
            detail__question=question.pk,
            seq__gt=newest - LOOKED_BACK,
        )
        .order_by("-seq")
        .first()
    )
    if deed is None:
        return None
    who = Person.objects.filter(pk=deed.actor_id).first() if deed.actor_id else None
    return Meanwhile(who, str(deed.detail["change"]))
