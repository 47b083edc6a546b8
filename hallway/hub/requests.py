"""How many requests a process has answered, and how long that took."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Requests:
    """What one process has answered; noted in one thread."""

    answered: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0

    def note(self, status: int, seconds: float) -> None:
        """One more has been answered; `seconds` from its arrival to the answer."""
        self.answered[f"{status // 100}xx"] += 1
        self.seconds += seconds


REQUESTS = Requests()
