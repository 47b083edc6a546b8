"""Cards: an entry drawn once per version and language, the same for every reader.

Pages put them together from the cache; the hub pushes the same ones to open screens.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.cache import caches
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from hallway.core.guarding import as_system
from hallway.core.prepared import Prepared
from hallway.entries import access, kinds
from hallway.entries.actions.publish import place
from hallway.entries.models import Attachment, Entry, EntryTag, Text
from hallway.entries.models.reaction import EMOJI, Reaction
from hallway.people.models import Person
from hallway.spaces.models import Space


@dataclass(frozen=True)
class Count:
    """How many people reacted in one way."""

    kind: str
    emoji: str
    count: int

    @property
    def label(self) -> str:
        """Its name in the active language."""
        return str(Reaction.Kind(self.kind).label)


@dataclass
class Card:
    """What the partials of an entry are given: plain values, nothing about the viewer."""

    id: int
    version: int
    kind: str
    url: str
    author: Person
    space: Space
    published_at: datetime
    place: int
    edited_at: datetime | None
    title: str
    html: SafeString
    plain: str
    comment_count: int
    reactions: Sequence[Count]
    thread_id: int
    parent_id: int | None
    is_comment: bool
    is_reply: bool
    is_pinned: bool = False
    images: Sequence[Attachment] = ()
    tags: Sequence[str] = ()
    last_comment: "Card | None" = None
    more: object = None
    reaction_total: int = field(init=False)

    def __post_init__(self) -> None:
        self.reaction_total = sum(reaction.count for reaction in self.reactions)


class Cards(dict[int, bytes]):
    """Drawn cards (UTF-8) by number, in the order they were asked for.

    `topics` tell of changes of what stands in them besides the entries themselves.
    """

    topics: Sequence[str] = ()


def cards_for(viewer: Person, ids: Sequence[int]) -> Cards:
    """The drawn cards of those `ids` that `viewer` may see, in the active language.

    In the cache a card is named by the versions of all it shows: entry, author and space.

    One query finds the versions through the access rule; what no one has drawn yet in this
    language is drawn with a fixed number of further queries. What only some readers of a card may
    see in it is put in afterwards, by its kind.
    """
    if not viewer.is_active:
        return Cards()
    language = translation.get_language()
    rows = _versions.rows(viewer, ids)
    keys = {
        pk: f"{language}:{pk}:{version}:{author}:{space}" for pk, version, author, space, _ in rows
    }
    drawn = drawn_once(keys, draw)
    cards = Cards((pk, drawn[pk]) for pk in ids if pk in drawn)
    filled = kinds.fill(viewer, {pk: kind for pk, *_, kind in rows}, cards)
    cards.update(filled.cards)
    cards.topics = filled.topics
    return cards


def drawn_once(
    keys: Mapping[int, str], draw: Callable[[Sequence[int]], Mapping[int, str]]
) -> dict[int, bytes]:
    """What is kept under `keys` (number → key in the cache); `draw` draws what is not yet."""
    cache = caches["cards"]
    found = cache.get_many(keys.values())
    missing = [pk for pk, key in keys.items() if key not in found]
    if missing:
        fresh = {keys[pk]: html.encode() for pk, html in draw(missing).items()}
        cache.set_many(fresh)
        found.update(fresh)
    return {pk: found[key] for pk, key in keys.items() if key in found}


_versions = Prepared(
    lambda viewer, ids: (
        access.visible_to(viewer)
        .filter(pk__in=ids)
        .values_list("pk", "version", "author__card_version", "space__card_version", "kind")
    )
)


def draw(ids: Iterable[int]) -> dict[int, str]:
    """Draw the cards of `ids` in the active language; unknown ids are left out.

    Neutral and without any check of who will see them: callers have asked the access rule, or
    send them to a topic whose audience is that of the entry's space.
    """
    return {card.id: drawn(card) for card in load(ids)}


def drawn(card: Card) -> str:
    """Draw one loaded card in the active language; as neutral as `draw`."""
    return get_template(template_of(card)).render({"entry": card, "comment": card}).strip()


def template_of(card: Card) -> str:
    """The partial that draws this card."""
    return "comments/_said.html" if card.is_comment else "entries/_entry.html"


def load(ids: Iterable[int]) -> list[Card]:
    """What the partials need for `ids`, with one query per table however many they are."""
    with as_system("cards are drawn for no one in particular"):
        entries = list(
            Entry.objects.filter(pk__in=list(ids))
            .select_related("author", "space__owner")
            .annotate(last=Subquery(_last_comment(OuterRef("pk"))))
        )
        found = [entry.pk for entry in entries]
        lasts = [entry.last for entry in entries if entry.last]
        texts = {text.pk: text for text in Text.objects.filter(pk__in=found + lasts)}
        images: dict[int, list[Attachment]] = defaultdict(list)
        for image in Attachment.objects.filter(entry_id__in=found):
            images[image.entry_id].append(image)
        tags: dict[int, list[str]] = defaultdict(list)
        for tag in EntryTag.objects.filter(entry_id__in=found):
            tags[tag.entry_id].append(tag.tag)
        answers = {
            entry.pk: entry
            for entry in Entry.objects.filter(pk__in=lasts).select_related("author", "space")
        }
        more = kinds.load({entry.pk: entry.kind for entry in entries})
    return [
        _card(
            entry,
            texts[entry.pk],
            images=images[entry.pk],
            tags=tags[entry.pk],
            last_comment=_card(answers[last], texts[last]) if (last := entry.last) else None,
            more=more.get(entry.pk),
        )
        for entry in entries
    ]


def _last_comment(root: OuterRef) -> QuerySet[Entry, int]:
    published = Entry.State.PUBLISHED
    return (
        QuerySet(Entry)
        .filter(Q(parent__state=published), root=root, state=published)
        .order_by("-pk")
        .values_list("pk", flat=True)[:1]
    )


def _card(
    entry: Entry,
    text: Text,
    *,
    images: Sequence[Attachment] = (),
    tags: Sequence[str] = (),
    last_comment: Card | None = None,
    more: object = None,
) -> Card:
    return Card(
        id=entry.pk,
        version=entry.version,
        kind=entry.kind,
        url=entry.url,
        author=entry.author,
        space=entry.space,
        published_at=entry.published_at,
        place=place(entry.published_at, entry.pk),
        edited_at=entry.edited_at,
        title=text.title,
        html=mark_safe(text.html),  # made by core.text.render, the one sanitiser
        plain=text.plain,
        comment_count=entry.comment_count,
        reactions=counts_of(entry),
        thread_id=entry.thread_id,
        parent_id=entry.parent_id,
        is_comment=entry.is_comment,
        is_reply=entry.parent_id is not None and entry.parent_id != entry.root_id,
        is_pinned=entry.pinned_at is not None,
        images=images,
        tags=tags,
        last_comment=last_comment,
        more=more,
    )


def counts_of(entry: Entry) -> list[Count]:
    """How many reacted in each way, the most frequent first."""
    return [
        Count(kind, EMOJI[Reaction.Kind(kind)], count)
        for kind, count in sorted(entry.reaction_counts.items(), key=lambda item: -item[1])
    ]
