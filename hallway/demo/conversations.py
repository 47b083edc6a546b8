"""What has been said in the made-up company, read from the folder `data`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from hallway.demo.cast import DATA, read_data


@dataclass(frozen=True)
class Said:
    """A comment: who says what, in which language; `to` is the number of the comment answered."""

    by: str
    text: str
    lang: str
    to: int = 0


@dataclass(frozen=True)
class Posted:
    """A post and what was said about it.

    `minutes` is its age, or 0 where the calendar decides; about `liked` people react. `image`
    names a drawing of `pictures`.
    """

    space: str
    by: str
    lang: str
    text: str
    title: str = ""
    minutes: int = 0
    liked: int = 0
    image: str = ""
    alt: str = ""
    comments: list[Said] = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """A space: its columns, who belongs (handles), which units join whole.

    The first of `core` manages it, and so do `announcers`. `share` is the part of everybody else
    who joins by themselves.
    """

    key: str
    name: str
    description: str
    core: list[str]
    kind: str = "community"
    openness: str = "open"
    posting: str = "members"
    announcers: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    share: float = 0.0


@dataclass(frozen=True)
class Scene:
    """What the scripted colleagues play: a post, and replies as pairs of handle and text."""

    space: str
    by: str
    text: str
    replies: list[tuple[str, str]]


def places() -> list[Place]:
    """All spaces; the one of the whole company first."""
    return [Place(**row) for row in read_data("spaces")["space"]]


def posts() -> list[Posted]:
    """All posts with their comments, in the order of the files."""
    return [_posted(row) for name in _threads() for row in read_data(name)["post"]]


def scenes() -> list[Scene]:
    """All scenes of the colleagues."""
    return [
        Scene(row["space"], row["by"], row["text"], [(who, text) for who, text in row["replies"]])
        for row in read_data("scenes")["scene"]
    ]


def remarks() -> dict[str, list[str]]:
    """Remarks that fit any post, by language."""
    return dict(read_data("scenes")["any"])


def actors() -> list[str]:
    """The handles of those who have a line in a scene."""
    named: dict[str, None] = {}
    for scene in scenes():
        named.setdefault(scene.by)
        for who, _ in scene.replies:
            named.setdefault(who)
    return list(named)


def _threads() -> Iterator[str]:
    for path in sorted((DATA / "threads").glob("*.toml")):
        yield f"threads/{path.stem}"


def _posted(row: dict[str, Any]) -> Posted:
    lang = row["lang"]
    comments = [Said(**{"lang": lang, **comment}) for comment in row.get("comments", [])]
    return Posted(**{**row, "text": row["text"].strip(), "comments": comments})
