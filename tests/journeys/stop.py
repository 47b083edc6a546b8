"""One state of one page, of which the tours are made."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.journeys import acting
from tests.journeys.furnishing import Furnished

WRONG = ".errorlist, .field-error, [role=alert]"


@dataclass(frozen=True)
class Stop:
    """One state of one page; `view` is the name of its address, "" for what has none."""

    view: str
    state: str
    path: str | Callable[[Furnished], str]
    who: str = "ada"
    act: acting.Act | None = None
    status: int = 200

    def __str__(self) -> str:
        return f"{self.view or 'error'} {self.state}".replace(":", ".").replace(" ", "-")

    def address(self, company: Furnished) -> str:
        """The path with the numbers of this company in it."""
        return self.path if isinstance(self.path, str) else self.path(company)
