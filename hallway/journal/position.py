"""A place in the journal, comparable and printable."""

from typing import NamedTuple


class Position(NamedTuple):
    """`xid` is the writing transaction (0 on SQLite), `seq` the row; compared in that order.

    On PostgreSQL sequence numbers become visible out of order; transactions below the oldest
    running one do not, which is why both are needed.
    """

    xid: int
    seq: int

    def __str__(self) -> str:
        return f"{self.xid}.{self.seq}"

    @classmethod
    def parse(cls, text: str) -> "Position":
        """Read "xid.seq". Raises ValueError for anything else, also for absurdly long numbers."""
        xid, dot, seq = text.partition(".")
        if not dot or len(text) > 40 or not (xid.isascii() and seq.isascii()):
            raise ValueError("a position looks like 0.118")
        if not (xid.isdigit() and seq.isdigit()):
            raise ValueError("a position looks like 0.118")
        return cls(int(xid), int(seq))


START = Position(0, 0)
