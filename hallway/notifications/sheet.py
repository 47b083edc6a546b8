"""The sheet on which one chooses how to be told: as its page shows it, and as its form sends it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hallway.notifications.channels import ALWAYS_RINGS, Channels, chosen_by, offered
from hallway.notifications.models import Attention, Notification
from hallway.people.models import Person
from hallway.spaces import access as spaces
from hallway.spaces.models import Space

Kind, Level = Notification.Kind, Attention.Level

MOST_SPACES = 200
"""As many as the menu shows."""

GROUPS: tuple[tuple[str | Promise, tuple[Notification.Kind, ...]], ...] = (
    (
        _("What people write"),
        (Kind.MENTION, Kind.REPLY, Kind.REACTION, Kind.SHARED, Kind.POSTED, Kind.UNSENT),
    ),
    (
        _("Spaces and people"),
        (
            Kind.ASKED,
            Kind.INVITED,
            Kind.APPROVED,
            Kind.DECLINED,
            Kind.MANAGER,
            Kind.MEMBER,
            Kind.REMOVED,
            Kind.REPORTED,
            Kind.JUDGED,
            Kind.SETTLED,
            Kind.FOLLOWER,
        ),
    ),
    (_("Town halls"), (Kind.REMINDER, Kind.WRITTEN, Kind.FOLLOWED, Kind.OWNER)),
)


@dataclass(frozen=True)
class Line:
    """One kind of news and the ways it takes to the viewer."""

    kind: Notification.Kind
    ways: Channels

    @property
    def always_rings(self) -> bool:
        """Whether its bell cannot be turned off."""
        return self.kind in ALWAYS_RINGS


@dataclass(frozen=True)
class Place:
    """One of the viewer's spaces and how much of it they want to hear."""

    space: Space
    level: Attention.Level


def groups_for(viewer: Person) -> list[tuple[str | Promise, list[Line]]]:
    """All kinds of news in the groups of the page, as `viewer` wants them."""
    ways = chosen_by(viewer.pk)
    return [(title, [Line(kind, ways[kind]) for kind in kinds]) for title, kinds in GROUPS]


def places_for(viewer: Person) -> list[Place]:
    """The viewer's spaces in the order of the menu; two statements."""
    rows = Attention.objects.filter(person=viewer).values_list("space_id", "level")
    levels = {space: Level(level) for space, level in rows}
    own = spaces.my_spaces(viewer)[:MOST_SPACES]
    return [Place(space, levels.get(space.pk, Level.HIGHLIGHTS)) for space in own]


def ways_in(form: Mapping[str, str], viewer: Person) -> dict[Notification.Kind, Channels]:
    """What the boxes ticked in `form` mean for each kind; ways not offered stay as they were."""
    before, shown = chosen_by(viewer.pk), offered()

    def ticked(kind: Notification.Kind, way: str) -> bool:
        if way == "bell" and kind in ALWAYS_RINGS:
            return True
        known: bool = getattr(before[kind], way)
        return f"{kind}.{way}" in form if way in shown else known

    return {
        kind: Channels(ticked(kind, "bell"), ticked(kind, "mail"), ticked(kind, "push"))
        for kind in Kind
    }


def levels_in(form: Mapping[str, str], viewer: Person) -> dict[int, Attention.Level]:
    """How much to hear of each of the viewer's own spaces that `form` names.

    Raises ValueError for what is no level.
    """
    own: Iterable[int] = spaces.my_spaces(viewer).values_list("pk", flat=True)
    named = {pk: form.get(f"space-{pk}") for pk in own}
    return {pk: Level(level) for pk, level in named.items() if level is not None}
