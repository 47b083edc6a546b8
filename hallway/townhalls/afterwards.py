"""After a town hall: all questions and answers, the answer rate, and what was promised since."""

from dataclasses import dataclass

from django.db.models import Case, Value, When

from hallway.people.models import Person
from hallway.spaces.models import Space
from hallway.townhalls import access, drawing, queries
from hallway.townhalls.models import Change, Question, TownHall
from hallway.townhalls.models.question import VISIBLE

S = Question.State

LOOKED_AT = 40
"""Changes among which the latest followed-up questions are looked for."""


@dataclass(frozen=True)
class After:
    """What the page of an ended town hall shows; the same for everybody but `may_follow_up`.

    `asked` is how many questions were asked publicly. `rate` is the public answer rate in whole
    per cent: answered on stage or in writing, of all questions everybody sees (None without any).
    `reasons` counts the declined by their reason.
    """

    asked: int
    answered: list[Question]
    written: list[Question]
    left: list[Question]
    declined: int
    reasons: list[tuple[str, int]]
    may_follow_up: bool

    @property
    def further(self) -> int:
        """How many stand on the page of all questions only."""
        return self.asked - self.settled - len(self.left)

    @property
    def settled(self) -> int:
        """How many of them have their answer."""
        return len(self.answered) + len(self.written)

    @property
    def rate(self) -> int | None:
        """How many of a hundred have got their answer; only 100 when it is all of them."""
        if not self.asked:
            return None
        return 100 * self.settled // self.asked


def after(viewer: Person, hall: TownHall) -> After:
    """Everything about an ended hall that its audience sees; empty for who is not of it."""
    rows = access.questions_to(viewer).filter(hall=hall, state__in=VISIBLE)
    # Of very many those with an answer and the most backed; another page has them all.
    unanswered = Case(When(state=S.OPEN, then=Value(1)), default=Value(0))
    ordered = rows.select_related("author", "owner").order_by(unanswered, "-votes", "pk")
    questions = list(ordered[: queries.MOST_BACKED])
    full = len(questions) == queries.MOST_BACKED
    for question in questions:
        question.hall = hall
        question.answer_words = drawing.answer_of(question)  # type: ignore[attr-defined]
    answered = [each for each in questions if each.state in (S.ANSWERED, S.ON_STAGE)]
    answered.sort(key=lambda each: (each.second is None, each.second or 0))
    reasons = queries.declined(hall)
    return After(
        asked=rows.count() if full else len(questions),
        answered=answered,
        written=[each for each in questions if each.state == S.WRITTEN],
        left=[each for each in questions if each.state == S.OPEN],
        declined=sum(count for _, count in reasons),
        reasons=reasons,
        may_follow_up=access.may(viewer, "follow_up", hall),
    )


def history(viewer: Person, question: Question) -> list[Change]:
    """What was promised and done about a question, the latest first."""
    rows = access.changes_to(viewer).filter(question=question)
    return list(rows.select_related("by", "owner").order_by("-pk"))


def you_asked(viewer: Person, limit: int, space: Space | None = None) -> list[Question]:
    """The questions last followed up where `viewer` may see them, or those of one `space`."""
    rows = access.changes_to(viewer)
    if space is not None:
        rows = rows.filter(question__hall__space=space)
    newest = rows.order_by("-pk").select_related(
        "question__owner", "question__hall__entry__text", "question__hall__space"
    )
    found: dict[int, Question] = {}
    for change in newest[:LOOKED_AT]:
        found.setdefault(change.question_id, change.question)
    return list(found.values())[:limit]
