"""What the box for writing a post needs to know."""

from dataclasses import dataclass, field
from typing import NamedTuple

from hallway.entries.forms import new_key
from hallway.people.models import Person
from hallway.spaces import access as spaces
from hallway.spaces.models import Space


@dataclass(frozen=True)
class Place:
    """A choice where to post; id 0 is the viewer's own wall, which may not exist yet."""

    id: int
    name: str


class Later(NamedTuple):
    """The day and the time for a post that is to wait, as they stand in the form."""

    on: str = ""
    at: str = ""


class Look(NamedTuple):
    """The box as it looks before anything is written in it; equal ones are drawn once."""

    placeholder: str
    spaces: tuple[Place, ...]
    space_id: int | None
    where: str
    send: str


@dataclass
class Compose:
    """The state of the box for writing: where it goes, what stands in it, what was wrong.

    A box without a choice of `spaces` posts to `space_id`, which is called `where`; `next` is
    the address to return to. `send` stands on the button, if not that one posts; then there is
    no `later` to be chosen.
    """

    placeholder: str
    action: str = "/posts"
    key: str = field(default_factory=new_key)
    spaces: list[Place] = field(default_factory=list)
    space_id: int | None = None
    where: str = ""
    next: str = ""
    title: str = ""
    text: str = ""
    errors: list[str] = field(default_factory=list)
    send: str = ""
    later: Later = field(default_factory=Later)
    open: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it yet."""
        return not (self.title or self.text or self.errors)

    @property
    def look(self) -> Look:
        """What an empty box shows."""
        return Look(
            str(self.placeholder),
            tuple(self.spaces),
            self.space_id,
            str(self.where),
            str(self.send),
        )


def places(viewer: Person, wall_name: str) -> list[Place]:
    """Where `viewer` may post: the wall first (under `wall_name`), then their spaces by name."""
    own = spaces.postable_by(viewer).order_by("name_key", "pk")
    return [Place(0, wall_name)] + [Place(space.pk, space.name) for space in own]


def place_to_post(viewer: Person, space_id: int) -> Space | None:
    """The space to post in if `viewer` may; None stands for one that does not exist for them."""
    space = spaces.visible_to(viewer).filter(pk=space_id).select_related("owner").first()
    if space is None or not spaces.may(viewer, "post", space):
        return None
    return space
