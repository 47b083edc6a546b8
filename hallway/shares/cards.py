"""The entry that a share carries, put into the share's card for each reader through the rule.

The card of a share is the same for all and does not know what it carries: in its place stands an
empty frame. Pages put the shared entry into it as they are made; screens that are told of the card
fetch it themselves, when it comes into view. What is put in is drawn once and kept like a card.
"""

from collections.abc import Mapping, Sequence

from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import mark_safe

from hallway.entries.cards import drawn_once, load
from hallway.entries.kinds import Filled
from hallway.people.models import Person
from hallway.shares.access import carried_to

# No words can stand for these: the sanitiser lets through no such element.
_BEGIN, _END = b'<turbo-frame class="shared"', b"</turbo-frame>"


def filled(viewer: Person, cards: Mapping[int, bytes]) -> Filled:
    """The cards of these shares with what each carries, for a viewer who may see the cards.

    One query asks the rule about all of them. Where the viewer may not see the original, or
    nobody can any more, the same words say so.
    """
    found = carried(viewer, list(cards))
    return Filled(
        {pk: _put(card, frame(pk, found.cards.get(pk))) for pk, card in cards.items()},
        found.topics,
    )


def carried(viewer: Person, shares: Sequence[int]) -> Filled:
    """What these shares carry, by their numbers, drawn; only what `viewer` may see."""
    rows = list(
        carried_to(viewer)
        .filter(entry_id__in=shares)
        .values_list(
            "entry_id",
            "original_id",
            "original__version",
            "original__author__card_version",
            "original__space__card_version",
            "original__space_id",
        )
    )
    language = translation.get_language()
    keys = {
        original: f"shared:{language}:{original}:{version}:{author}:{space}"
        for _, original, version, author, space, _ in rows
    }
    drawn = drawn_once(keys, _draw)
    return Filled(
        {share: drawn[original] for share, original, *_ in rows if original in drawn},
        sorted({f"space:{space}" for *_, space in rows}),
    )


def frame(share: int, original: bytes | None) -> bytes:
    """The frame in the card of `share` around what it carries; None: not open to the reader."""
    context = {"id": share, "original": None if original is None else mark_safe(original.decode())}
    return get_template("shares/_frame.html").render(context).strip().encode()


def _put(card: bytes, frame: bytes) -> bytes:
    before, _, rest = card.partition(_BEGIN)
    return before + frame + rest.partition(_END)[2]


def draw_original(original: int) -> bytes:
    """What a share of `original` carries; the caller has asked whether the viewer may see it."""
    return _draw([original])[original].encode()


def _draw(originals: Sequence[int]) -> dict[int, str]:
    template = get_template("shares/_original.html")
    return {card.id: template.render({"entry": card}).strip() for card in load(originals)}
