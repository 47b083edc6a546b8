"""What kinds of entries add to their cards besides words and images; higher floors fill it."""

from collections.abc import Callable, Mapping, Sequence

Loader = Callable[[Sequence[int]], Mapping[int, object]]

_loaders: dict[str, Loader] = {}


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
