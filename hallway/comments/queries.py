"""The conversation under an entry, page by page."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.safestring import mark_safe

from hallway.entries import access
from hallway.entries.cards import cards_for
from hallway.entries.mine import mine
from hallway.entries.models import Entry
from hallway.people.models import Person

PAGE = 30
REPLIES = 300


@dataclass
class Said:
    """A drawn comment and the replies to it.

    `begins_new` says that it and what follows in its list is new to the viewer.
    """

    id: int
    card: str
    begins_new: bool = False
    replies: list["Said"] = field(default_factory=list)


@dataclass
class Thread:
    """A page of a conversation: the newest comments in the order they were written.

    `upto` is the number of the newest one shown, 0 where there is none. `topics` are what the page
    has to hear of for what stands in its cards.
    """

    comments: Sequence[Said]
    earlier: int | None
    card: str
    mine: dict[str, object]
    upto: int
    topics: Sequence[str] = ()


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
    drawn = cards_for(viewer, ids)
    cards = {pk: mark_safe(card.decode()) for pk, card in drawn.items()}
    own = mine(viewer, ids)
    known = own.threads.get(root.pk)
    fresh = frozenset(known.fresh) if known else frozenset()
    under: dict[int, list[int]] = defaultdict(list)
    for pk, parent in reversed(replies):
        under[parent].append(pk)

    def said(listed: Sequence[int]) -> list[Said]:
        there = [pk for pk in listed if pk in cards]
        first = next((pk for pk in there if pk in fresh), None)
        return [Said(pk, cards[pk], pk == first, said(under.pop(pk, []))) for pk in there]

    return Thread(
        comments=said(shown),
        earlier=shown[0] if len(newest) > PAGE else None,
        card=cards.get(root.pk, ""),
        mine=own.as_block(),
        upto=max(ids[1:], default=0),
        topics=drawn.topics,
    )
