"""What is new in conversations: counts on cards go up and down, for each reader by what they read.

A card is the same for all, so screens are told which comment came or went, and each decides
whether that is new to its reader.
"""

from collections.abc import Sequence

from hallway.core.guarding import as_system
from hallway.entries.cards import Card
from hallway.entries.models import Entry
from hallway.hub.drawn import Drawn, in_all
from hallway.journal.reader import Deed
from hallway.spaces.models import Space


def said(card: Card) -> Sequence[Drawn]:
    """A comment was written or stands again, and with it the replies to it."""
    return _tell(card, "said")


def unsaid(card: Card) -> Sequence[Drawn]:
    """A comment is deleted, and with it the replies to it are gone."""
    return _tell(card, "unsaid")


def read(deed: Deed) -> Sequence[Drawn]:
    """What somebody has read on one screen is not new on their others."""
    html = (
        f'<turbo-stream action="read" data-thread="{deed.entry_id}"'
        f' data-upto="{deed.detail["upto"]}"></turbo-stream>'
    )
    topic, name = f"person:{deed.actor_id}", f"read-{deed.entry_id}"
    return [Drawn(topic, name, in_all(lambda: html))]


def _tell(card: Card, action: str) -> Sequence[Drawn]:
    with as_system("who wrote what, for nobody in particular"):
        replies = Entry.objects.filter(parent_id=card.id, state=Entry.State.PUBLISHED)
        comments = [(card.id, card.author.pk), *replies.values_list("pk", "author_id")]
        root = Entry.objects.filter(pk=card.thread_id).values_list("author_id", flat=True)
        topics = [f"space:{card.space.pk}"]
        if card.space.openness == Space.Openness.OPEN:
            topics += [f"author:{author}" for author in root]
    html = in_all(lambda: "".join(_one(action, card.thread_id, *one) for one in comments))
    return [Drawn(topic, f"said-{card.id}", html) for topic in topics]


def _one(action: str, thread: int, comment: int, author: int) -> str:
    return (
        f'<turbo-stream action="{action}" data-thread="{thread}" data-entry="{comment}"'
        f' data-author="{author}"></turbo-stream>'
    )
