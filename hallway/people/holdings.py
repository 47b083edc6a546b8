"""What each app holds of a person: what of it they are handed, and what becomes of it at the end.

Every table that names a person is registered here by its app, once for its columns that do, with
what it hands out or why it hands out nothing, and with what erases it or why it stays. A test goes
through all tables and finds those that nobody has thought of.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from hallway.people.models import Person

Row = Mapping[str, object]
Told = Callable[[Person], Iterable[Row]]
Erase = Callable[[Person, bool], None]


@dataclass(frozen=True)
class Document:
    """One file of the download: at `path`, with `text`, or with the stored file `stored`."""

    path: str
    text: str = ""
    stored: str = ""


@dataclass(frozen=True)
class Holding:
    """One table and what it holds of a person.

    `columns` are its foreign keys to people. `told` yields what is handed to the person, as the
    file `name`.json, or `untold` says why nothing is. `documents` yields files besides.
    `erase(person, words)` opens its own write transactions, small ones, and may be called again
    after it was cut off; `words` says whether what they published goes as well. Without it,
    `stays` says why the row may stay: it then names nobody but a former member.
    """

    table: str
    columns: tuple[str, ...]
    name: str = ""
    told: Told | None = None
    untold: str = ""
    documents: Callable[[Person], Iterable[Document]] | None = None
    erase: Erase | None = None
    stays: str = ""

    def __post_init__(self) -> None:
        if bool(self.told) == bool(self.untold) or bool(self.erase) == bool(self.stays):
            raise ValueError(f"{self.table}: say what becomes of it, or why nothing does")


_holdings: list[Holding] = []


def register(*holdings: Holding) -> None:
    """Add what an app holds; call it once, when the app is ready."""
    _holdings.extend(each for each in holdings if each not in _holdings)


def holdings() -> list[Holding]:
    """Everything registered, lower floors first."""
    return list(_holdings)
