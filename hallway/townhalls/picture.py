"""What the page of a hall shows to everybody, read and drawn once for a crowd that comes together.

A picture is kept under the position of the journal at which it was read, and how much there is
beyond. Whoever comes while nothing has happened is shown the same one; after any deed the two are
others, also while an old transaction holds the position where it is. Whether
somebody may see the hall is asked for each of them before.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.cache import caches
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from hallway.townhalls import access, anonymity, drawing, queries, ranking
from hallway.townhalls.models import Question, TownHall
from hallway.townhalls.queries import Bill

SECONDS = 5
"""After these a picture is drawn anew: by then another question may be among the new ones."""


@dataclass(frozen=True)
class Row:
    """A drawn row (UTF-8) of the list, and what decides whether it is somebody's own."""

    question: int
    author: int | None
    html: bytes


@dataclass(frozen=True)
class Picture:
    """The neutral parts of one hall's page, in one language."""

    bill: Bill
    words: SafeString
    has_words: bool
    rows: Sequence[Row]
    further: int
    answered: Sequence[bytes]
    declined: SafeString
    polls: Sequence[SafeString]
    cheers: SafeString


def picture_of(request: HttpRequest, pk: int) -> Picture:
    """The picture of hall `pk`, which the caller has found to be the viewer's to see.

    Raises Http404 if it has been deleted since.
    """
    key = _key(request, f"hall:{pk}")
    if not key:
        return _drawn(pk)
    found: Picture | None = caches["cards"].get(key)
    if found is None:
        found = _drawn(pk)
        caches["cards"].set(key, found)
    return found


def public_file(request: HttpRequest, hall: TownHall) -> bytes:
    """The public data of the questions without a name as JSON; of each hall one is kept."""
    name, key = f"anonymity:{hall.pk}", _key(request, "anonymity")
    kept: tuple[str, bytes] | None = caches["cards"].get(name) if key else None
    if kept is not None and kept[0] == key:
        return kept[1]
    data = json.dumps(anonymity.public_data(hall), indent=1).encode()
    if key:
        caches["cards"].set(name, (key, data))
    return data


def bars_over(request: HttpRequest, halls: Sequence[int]) -> list[SafeString]:
    """The bars of these halls on air, for every page of their audience; mostly there are none."""
    if not halls:
        return []
    key = _key(request, f"bars:{sorted(set(halls))}")
    found = caches["cards"].get(key) if key else None
    if found is None:
        found = drawing.bars(halls)
        if key:
            caches["cards"].set(key, found)
    return list(found)


def _key(request: HttpRequest, what: str) -> str:
    """The name under which something neutral is kept; '' where a page has no position."""
    position = getattr(request, "position", None)
    if position is None:
        return ""
    life, beyond = getattr(request, "incarnation", ""), getattr(request, "beyond", 0)
    now = f"{position}+{beyond}:{int(time.time() / SECONDS)}"
    return f"{what}:{get_language()}:{life}:{now}"


def _drawn(pk: int) -> Picture:
    bill = queries.bills_by_number([pk]).get(pk)
    text = access.words_of([pk]).first()
    if bill is None or text is None:
        raise Http404
    hall = bill.hall
    questions, further = queries.listed(hall)
    settled = queries.answered(questions)
    placed = [] if hall.is_ended else _placed(questions, settled)
    rows = drawing.rows(placed, hall)
    return Picture(
        bill=bill,
        words=drawing.words(text),
        has_words=bool(text.html),
        rows=[
            Row(each.pk, each.author_id, html) for (each, _), html in zip(placed, rows, strict=True)
        ],
        further=further,
        answered=[drawing.answered(each, hall).encode() for each in settled],
        declined=drawing.declined(hall),
        polls=drawing.polls(hall),
        cheers=drawing.cheers(hall),
    )


def _placed(
    questions: Sequence[Question], settled: Sequence[Question]
) -> list[tuple[Question, bool]]:
    """The list in its order: the ranked ones, then those that have their answer."""
    by_number = {each.pk: each for each in questions}
    places = ranking.top(questions, timezone.now())
    return [(by_number[pk], fresh) for pk, fresh in places] + [(each, False) for each in settled]
