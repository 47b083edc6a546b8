"""What one process of a simulation knows in common: the rules of the play, and what came of it."""

from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from hallway.simulation.door import Door
from hallway.simulation.measures import Tally
from hallway.simulation.pictures import Pictures

CLASSES_A_SECOND = 100


@dataclass(frozen=True)
class Rules:
    """How the town hall is played; the same seed plays the same.

    `seconds` is how long it is on air, `arrive` within how many seconds people come. `votes` is
    how often a second one person backs a question, `asked` how many questions all `people`
    together ask. `leaving` and `losing` are the shares of those who go and come back, and of those
    whose connection breaks. `settle` is how many seconds the last frames may take to arrive, and
    the last people to come back. `hub` is the port of the hub, where it is not that of the pages.
    """

    url: str
    hall: int
    cookie: str
    people: int
    seconds: float = 60.0
    arrive: float = 30.0
    seed: int = 7
    votes: float = 0.05
    cheers: float = 0.02
    asked: int = 20
    leaving: float = 0.05
    losing: float = 0.10
    polled: float = 0.6
    settle: float = 30.0
    hub: int = 0


Vote = tuple[int, int, bool]
"""Person, question, and whether they back it."""


@dataclass
class Outcome:
    """What one process brings home, for the audit and the report.

    `votes` and `ballots` (person, poll, option) are what was acknowledged, in order; `doubtful`
    are people and questions of which one cannot know: the wish was sent again, and only the last
    answer came, which was a refusal. `heard` holds, for each state of
    the stage ("on_air:123"), the monotonic times at which screens came to show it; `deeds` are
    those states, with the moments of the host's click and of its answer. `right` of all `screens`
    ended in the true state, `wrong` says what how many of the others show. `told` holds, for each
    position of the journal that told counts, how many screens had them when, by the clock of the
    day in classes of a hundredth of a second.
    """

    tally: Tally = field(default_factory=Tally)
    votes: list[Vote] = field(default_factory=list)
    ballots: list[tuple[int, int, int]] = field(default_factory=list)
    doubtful: list[tuple[int, int]] = field(default_factory=list)
    heard: dict[str, "array[float]"] = field(default_factory=dict)
    deeds: list[tuple[str, float, float]] = field(default_factory=list)
    screens: int = 0
    right: int = 0
    wrong: Counter[str] = field(default_factory=Counter)
    missing: list[str] = field(default_factory=list)
    told: dict[tuple[int, int], Counter[int]] = field(default_factory=dict)
    cpu: float = 0.0


@dataclass
class Scene:
    """The play in one process."""

    rules: Rules
    door: Door
    pictures: Pictures = field(default_factory=Pictures)
    tally: Tally = field(default_factory=Tally)
    votes: list[Vote] = field(default_factory=list)
    ballots: list[tuple[int, int, int]] = field(default_factory=list)
    doubtful: list[tuple[int, int]] = field(default_factory=list)
    heard: "defaultdict[str, array[float]]" = field(
        default_factory=lambda: defaultdict(lambda: array("d"))
    )
    deeds: list[tuple[str, float, float]] = field(default_factory=list)
    told: "defaultdict[tuple[int, int], Counter[int]]" = field(
        default_factory=lambda: defaultdict(Counter)
    )
    over: bool = False
    """The play is over: who loses the connection now need not come back."""
