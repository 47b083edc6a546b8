"""What the box for writing a post needs to know."""

from dataclasses import dataclass, field

from hallway.entries.forms import new_key
from hallway.people.models import Person
from hallway.spaces import access as spaces
from hallway.spaces.models import Space


@dataclass
class Place:
    """A choice where to post; id 0 is the viewer's own wall, which may not exist yet."""

    id: int
    name: str


@dataclass
class Compose:
    """The state of the box for writing: where it goes, what stands in it, what was wrong."""

    placeholder: str
    action: str = "/posts"
    key: str = field(default_factory=new_key)
    spaces: list[Place] = field(default_factory=list)
    space_id: int | None = None
    title: str = ""
    text: str = ""
    errors: list[str] = field(default_factory=list)
    open: bool = False


def places(viewer: Person, wall_name: str) -> list[Place]:
    """Where `viewer` may post: the wall first (under `wall_name`), then their spaces by name."""
    own = spaces.postable_by(viewer).order_by("name")
    return [Place(0, wall_name)] + [Place(space.pk, space.name) for space in own]


def place_to_post(viewer: Person, space_id: int) -> Space | None:
    """The space to post in if `viewer` may; None stands for one that does not exist for them."""
    space = spaces.visible_to(viewer).filter(pk=space_id).select_related("owner").first()
    if space is None or not spaces.may(viewer, "post", space):
        return None
    return space
