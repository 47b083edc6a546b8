"""What leaves the house: the questions of a town hall, those without a name without any trace."""

from hallway.people.models import Person
from hallway.townhalls import access
from hallway.townhalls.models import Question, TownHall

COLUMNS = (
    *("question", "state", "votes", "similar_merged", "asked_by", "asked_by_handle"),
    *("answered_at_second", "written_answer", "reason_declined", "merged_into"),
    *("owner", "due", "done", "outcome"),
)
"""One name for each column and each field, the same in every language: programs read them."""

Cell = str | int | bool | None


def rows(viewer: Person, hall: TownHall) -> list[dict[str, Cell]]:
    """All questions of `hall` but the withdrawn, for who moderates it; none for others.

    In the order of their votes and then their words: neither tells who came when, and there is
    no time of asking and no number in it.
    """
    found = access.desk_questions(viewer, hall).select_related("author", "owner", "into")
    return [_row(each) for each in found.order_by("-votes", "text", "pk")]


def document(viewer: Person, hall: TownHall) -> dict[str, object]:
    """The hall and its questions as plain data."""
    return {
        "town_hall": {
            "number": hall.pk,
            "title": hall.entry.text.title,
            "space": hall.space.name,
            "stage": hall.stage,
            "starts_at": hall.starts_at.isoformat(),
            "opened_at": hall.opened_at.isoformat() if hall.opened_at else None,
            "ended_at": hall.ended_at.isoformat() if hall.ended_at else None,
        },
        "questions": rows(viewer, hall),
    }


def _row(question: Question) -> dict[str, Cell]:
    author, owner = question.author, question.owner
    cells: tuple[Cell, ...] = (
        question.text,
        question.state,
        question.votes,
        question.merged,
        author.name if author else None,
        author.handle if author else None,
        question.second,
        question.answer,
        question.reason,
        question.into.text if question.into else None,
        owner.name if owner else None,
        question.due.isoformat() if question.due else None,
        question.done,
        question.outcome,
    )
    return dict(zip(COLUMNS, cells, strict=True))
