"""What a simulation counts and times, so that several processes can add up what they found."""

import math
from collections import Counter
from dataclasses import dataclass, field

GROWTH = math.log(1.02)  # of one class of durations to the next: a percentile is right to 2 %
LEAST = 1e-5  # seconds


@dataclass(slots=True)
class Spread:
    """Many durations, as the number of those in each class."""

    classes: Counter[int] = field(default_factory=Counter)
    most: float = 0.0

    def __len__(self) -> int:
        return self.classes.total()

    def add(self, seconds: float, times: int = 1) -> None:
        """Count one duration, or as many as were alike."""
        self.classes[int(math.log(max(seconds, LEAST) / LEAST) / GROWTH)] += times
        self.most = max(self.most, seconds)

    def join(self, other: "Spread") -> None:
        """Count those of another process."""
        self.classes.update(other.classes)
        self.most = max(self.most, other.most)

    def at(self, share: float) -> float:
        """The duration in seconds that `share` of all do not exceed; 0 if there are none."""
        left = share * len(self)
        for number in sorted(self.classes):
            left -= self.classes[number]
            if left <= 0:
                return min(self.most, LEAST * math.exp((number + 1) * GROWTH))
        return self.most

    def summary(self) -> dict[str, float]:
        """For the report, in milliseconds."""
        return {
            "count": len(self),
            "p50_ms": round(self.at(0.5) * 1000, 1),
            "p99_ms": round(self.at(0.99) * 1000, 1),
            "max_ms": round(self.most * 1000, 1),
        }


@dataclass(slots=True)
class Tally:
    """What one process, or all of them together, did and saw up to now.

    `counts` are deeds and events by name, `errors` by the sentence that says what went wrong,
    `spreads` are durations by name; `inside` and `open` are how many people have come and how
    many sockets are open at the moment.
    """

    inside: int = 0
    open: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    spreads: dict[str, Spread] = field(default_factory=dict)

    def time(self, name: str, seconds: float) -> None:
        """Note one duration."""
        spread = self.spreads.get(name)
        if spread is None:
            spread = self.spreads[name] = Spread()
        spread.add(seconds)

    def spread(self, name: str) -> Spread:
        """The durations of that name; none of them yet is an answer, too."""
        return self.spreads.get(name, Spread())

    def join(self, other: "Tally") -> None:
        """Add what another process found."""
        self.inside += other.inside
        self.open += other.open
        self.counts.update(other.counts)
        self.errors.update(other.errors)
        for name, spread in other.spreads.items():
            self.spreads.setdefault(name, Spread()).join(spread)
