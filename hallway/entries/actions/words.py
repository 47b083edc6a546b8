"""Turn what somebody wrote into stored words, mentions and tags."""

from collections.abc import Sequence
from dataclasses import dataclass

from hallway.core.text import Rendered, clean_line, clean_text, render
from hallway.people.models import Person
from hallway.spaces import access as spaces
from hallway.spaces.models import Space


@dataclass(frozen=True)
class Words:
    """Rendered words of an entry with the people they name."""

    title: str
    source: str
    rendered: Rendered
    mentioned: tuple[Person, ...]


def words(title: str, source: str, space: Space) -> Words:
    """Clean and render; only people who may read `space` become mentions, others stay plain text.

    Raises core.text.TextTooLong.
    """
    source = clean_text(source)
    people: list[Person] = []

    def names_of(handles: Sequence[str]) -> dict[str, str]:
        people.extend(spaces.readers_of(space).filter(handle__in=handles))
        return {person.handle: person.name for person in people}

    rendered = render(source, people=names_of)
    named = tuple(person for person in people if person.handle in rendered.mentions)
    return Words(clean_line(title)[:200], source, rendered, named)
