"""Tell the screens of a hall that counts have changed: one journal row for many votes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.entries.models import Entry
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.townhalls import queries
from hallway.townhalls.actions.counting import Changed, Cheering, Floor, News, Outcome, changed
from hallway.townhalls.models import CHEERS, Cheer, Poll, TownHall

SECONDS = 0.25
"""Between two tellings in one hall, by whomever."""

MOST_IN_A_ROW = 200
"""Questions that one row of the journal names: what is drawn of it stays small."""


def tell(
    hall: int,
    *,
    questions: Collection[int] = (),
    polls: Collection[int] = (),
    cheers: bool = False,
) -> None:
    """Record that the counts of these questions and polls (ids), or of the cheers, are new.

    The row names them; whoever draws it reads the counts as they are then, so that rows may be
    combined and the last one wins.
    """
    with writing(), as_system("counts belong to nobody"):
        found = TownHall.objects.filter(pk=hall)
        space = found.values_list("space_id", flat=True).first()
        found.update(tallied_at=timezone.now())
        named = sorted(questions)
        for start in range(0, len(named) or 1, MOST_IN_A_ROW):
            record(
                Verb.HALL_TALLY,
                space=space,
                entry=hall,
                questions=named[start : start + MOST_IN_A_ROW],
                polls=[] if start else sorted(polls),
                cheers=cheers and not start,
            )


def tell_in_turn(hall: int, news: News, seconds: float) -> bool:
    """Tell `news` unless something was told within the last `seconds`, by whomever.

    Returns whether it was told; otherwise the caller tries again. So several hubs together tell
    no more often than one. What is owed is told with it.
    """
    since = timezone.now() - timedelta(seconds=seconds)
    with writing(), as_system("counts belong to nobody"):
        due = TownHall.objects.filter(Q(tallied_at=None) | Q(tallied_at__lte=since), pk=hall)
        if not due.update(tallied_at=timezone.now()):
            return False
        owed = TownHall.objects.values_list("owed", flat=True).get(pk=hall)
        if owed is not None:
            TownHall.objects.filter(pk=hall).update(owed=None)
            news = _with(news, owed)
        if news:
            tell(hall, questions=news.questions, polls=news.polls, cheers=news.cheers)
    return True


def tell_or_owe(hall: int, news: News) -> None:
    """Tell `news` if it is the turn of `hall`; otherwise note them, for `tell_owed`.

    So a crowd whose votes come one by one, as plain forms, is told of as seldom as one whose
    votes a hub gathers.
    """
    with writing(), as_system("counts belong to nobody"):
        if tell_in_turn(hall, news, SECONDS):
            return
        held = TownHall.objects.select_for_update(no_key=True).get(pk=hall)
        known = _with(news, held.owed or {})
        held.owed = {
            "questions": sorted(known.questions),
            "polls": sorted(known.polls),
            "cheers": known.cheers,
        }
        TownHall.objects.filter(pk=hall).update(owed=held.owed)


def tell_owed(halls: Iterable[int]) -> None:
    """Tell what is owed in these halls (ids), where it is their turn; asked again and again."""
    with as_system("counts belong to nobody"):
        owing = TownHall.objects.filter(pk__in=set(halls), owed__isnull=False)
        for hall in sorted(owing.values_list("pk", flat=True)):
            tell_in_turn(hall, News(), SECONDS)


def _with(news: News, owed: Mapping[str, Any]) -> News:
    """Both together, in something new."""
    return News(
        news.questions | set(owed.get("questions", ())),
        news.polls | set(owed.get("polls", ())),
        news.cheers or owed.get("cheers", False),
    )


def tell_all() -> None:
    """Tell all counts that pages list, of the halls that have not ended.

    A process may have died owing them.
    """
    with writing(), as_system("counts belong to nobody"):
        standing = TownHall.objects.filter(entry__state=Entry.State.PUBLISHED)
        for hall in standing.exclude(stage=TownHall.Stage.ENDED).order_by("pk"):
            listed, _further = queries.listed(hall)
            polls = Poll.objects.filter(hall=hall, state=Poll.State.OPEN)
            asked = {question.pk for question in listed if question.takes_votes}
            news = News(asked, set(polls.values_list("pk", flat=True)))
            if news or hall.is_on_air:
                tell(hall.pk, questions=news.questions, polls=news.polls, cheers=hall.is_on_air)


def cheer(hall: int, counts: Mapping[str, int]) -> bool:
    """Add so many of each kind of cheer; returns whether the hall is on air. Unknown kinds: no.

    Whoever calls has made sure that those who cheer may see the hall; nobody is noted.
    """
    with writing(), as_system("counts belong to nobody"):
        if not TownHall.objects.filter(pk=hall, stage=TownHall.Stage.ON_AIR).exists():
            return False
        _add(hall, {kind: n for kind, n in counts.items() if kind in CHEERS and n > 0})
    return True


def store(cheers: Sequence[Cheering], floor: Floor, news: Changed) -> list[Outcome]:
    """Add cheers in halls that are held; returns what became of each, in their order."""
    outcomes = []
    sums: dict[int, dict[str, int]] = {}
    for cheering in cheers:
        hall = floor.hall(cheering.hall, cheering.person)
        if hall is None or cheering.kind not in CHEERS or cheering.count < 0:
            outcomes.append(Outcome.UNKNOWN)
        elif not hall.is_on_air:
            outcomes.append(Outcome.CLOSED)
        else:
            kinds = sums.setdefault(hall.pk, {})
            kinds[cheering.kind] = kinds.get(cheering.kind, 0) + cheering.count
            outcomes.append(Outcome.DONE)
    for pk in sorted(sums):
        _add(pk, sums[pk])
        changed(news, pk).cheers = True
    return outcomes


def _add(hall: int, counts: Mapping[str, int]) -> None:
    for kind, count in sorted(counts.items()):
        row = Cheer.objects.filter(hall_id=hall, kind=kind)
        if not row.update(count=F("count") + count):
            Cheer.objects.get_or_create(hall_id=hall, kind=kind)
            row.update(count=F("count") + count)
