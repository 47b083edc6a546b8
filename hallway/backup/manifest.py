"""The manifest: what a backup holds, so that it can be said and checked without unpacking it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

FORMAT = 1
NO_TABLES = "There are no tables, so there is nothing to save. Run: hallway migrate"


class BackupRefused(Exception):
    """Nothing was saved or restored; the text says why and what to do."""


@dataclass(frozen=True)
class Copied:
    """What stands in a copy of the database, counted in the very state that was copied."""

    position: str  # of the journal; everything before it is in the copy
    migrations: Sequence[str]
    rows: Mapping[str, int]


@dataclass(frozen=True)
class Manifest:
    """What a backup holds; `sums` is the SHA-256 of the list that has one for every part."""

    format: int
    hallway: str
    made: str
    database: str
    position: str
    migrations: Sequence[str]
    rows: Mapping[str, int]
    files: int
    size: int  # of all parts, in bytes
    sums: str

    def to_json(self) -> bytes:
        """The manifest as it stands in the archive."""
        return json.dumps(asdict(self), indent=1).encode() + b"\n"

    @classmethod
    def parse(cls, text: bytes) -> "Manifest":
        """Read it back. Raises BackupRefused for what this version cannot read."""
        try:
            known: dict[str, Any] = json.loads(text)
        except ValueError as error:
            raise BackupRefused("The manifest of this backup cannot be read.") from error
        if known.get("format") != FORMAT or set(known) != {field.name for field in fields(cls)}:
            raise BackupRefused(
                f"This backup was made by Hallway {known.get('hallway')} in a form that this"
                " version does not know. Use the version that made it."
            )
        return cls(**known)
