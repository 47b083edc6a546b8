"""What kinds of entries add to their cards besides words and images; higher floors fill it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hallway.people.models import Person

Loader = Callable[[Sequence[int]], Mapping[int, object]]


@dataclass(frozen=True)
class Filled:
    """Cards with what their viewer may see in them, and the topics that tell of its changes."""

    cards: Mapping[int, bytes]
    topics: Sequence[str] = ()


Filler = Callable[[Person, Mapping[int, bytes]], Filled]

_loaders: dict[str, Loader] = {}
_fillers: dict[str, Filler] = {}
_staying: set[str] = set()


def register(kind: str, loader: Loader) -> None:
    """Ask `loader` for what the cards of `kind` show besides what all entries have.

    Call it once, when the app is ready. `loader(ids)` is given the numbers of all entries of its
    kind that are drawn together and answers with a fixed number of queries, for no reader in
    particular; the card's partial finds its answer as `entry.more`. Whatever changes that must
    count up the entry's version, by which drawn cards are kept.
    """
    _loaders[kind] = loader


def load(kinds: Mapping[int, str]) -> dict[int, object]:
    """What the kinds add to these entries (number → kind), by number."""
    found: dict[int, object] = {}
    for kind, loader in _loaders.items():
        ids = [pk for pk, each in kinds.items() if each == kind]
        if ids:
            found.update(loader(ids))
    return found


def stay(kind: str) -> None:
    """Let entries of `kind` stay in their space for good; call it once, when the app is ready."""
    _staying.add(kind)


def moves(kind: str) -> bool:
    """Whether entries of `kind` can be moved to another space."""
    return kind not in _staying


def register_filler(kind: str, filler: Filler) -> None:
    """Let `filler` put into the neutral cards of `kind` what only some of their readers may see.

    Call it once, when the app is ready. `filler(viewer, cards)` is given all drawn cards of its
    kind on a page, which the viewer may see, and answers with a fixed number of queries. Open
    screens are told the neutral cards, and ask for the rest by themselves.
    """
    _fillers[kind] = filler


def fill(viewer: Person, kinds: Mapping[int, str], cards: Mapping[int, bytes]) -> Filled:
    """What is put into those of `cards` whose kind (number → kind) has such parts."""
    found: dict[int, bytes] = {}
    topics: list[str] = []
    for kind, filler in _fillers.items():
        own = {pk: cards[pk] for pk, each in kinds.items() if each == kind and pk in cards}
        if own:
            filled = filler(viewer, own)
            found.update(filled.cards)
            topics.extend(filled.topics)
    return Filled(found, topics)
