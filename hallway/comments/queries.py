"""The conversation under an entry, page by page."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.safestring import mark_safe

from hallway.entries import access
from hallway.entries.cards import cards_for, mine
from hallway.entries.models import Entry
from hallway.people.models import Person

PAGE = 30
REPLIES = 300


@dataclass
class Said:
    """A drawn comment and the replies to it."""

    id: int
    card: str
    replies: list["Said"] = field(default_factory=list)


@dataclass
class Thread:
    """A page of a conversation: the newest comments in the order they were written."""

    comments: Sequence[Said]
    earlier: int | None
    card: str
    mine: dict[str, object]


def thread(viewer: Person, root: Entry, before: int | None = None) -> Thread:
    """The last 30 comments on `root` that are older than `before`, each with its replies.

    Takes the same number of queries however many there are. `earlier` is the value of `before`
    for the page in front of this one, or None. At most 300 replies are shown on one page; the
    newest are kept.
    """
    tops = access.visible_to(viewer).filter(parent_id=root.pk)
    if before is not None:
        tops = tops.filter(pk__lt=before)
    newest = list(tops.order_by("-pk").values_list("pk", flat=True)[: PAGE + 1])
    shown = sorted(newest[:PAGE])
    replies = list(
        access.visible_to(viewer)
        .filter(parent_id__in=shown)
        .order_by("-pk")
        .values_list("pk", "parent_id")[:REPLIES]
    )
    ids = [root.pk, *shown, *(pk for pk, _ in replies)]
    # Drawn by our own partial, from words that went through the one sanitiser.
    cards = {pk: mark_safe(card.decode()) for pk, card in cards_for(viewer, ids).items()}
    under: dict[int, list[Said]] = defaultdict(list)
    for pk, parent in reversed(replies):
        if pk in cards:
            under[parent].append(Said(pk, cards[pk]))
    return Thread(
        comments=[Said(pk, cards[pk], under[pk]) for pk in shown if pk in cards],
        earlier=shown[0] if len(newest) > PAGE else None,
        card=cards.get(root.pk, ""),
        mine=mine(viewer, ids),
    )
