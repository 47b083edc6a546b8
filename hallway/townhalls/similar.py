"""Which questions resemble one another, for moderators who unite them."""

from collections.abc import Iterable

from hallway.core.collation import fold
from hallway.townhalls.models import Question

WIDTH = 3
"""Letters of one piece."""


def most_alike(question: Question, others: Iterable[Question]) -> list[Question]:
    """`others` in the order of their likeness to `question`; of equals the one with more votes.

    Likeness is Dice's coefficient of their three-letter pieces (L. R. Dice, “Measures of the
    Amount of Ecologic Association Between Species”, 1945; pieces as PostgreSQL's pg_trgm cuts
    them). It knows no language, and minds neither endings nor the order of words much.
    """
    own = _pieces(question.text)
    ranked = []
    for other in others:
        pieces = _pieces(other.text)
        shared = 2 * len(own & pieces) / ((len(own) + len(pieces)) or 1)
        ranked.append((-shared, -other.votes, other.pk, other))
    return [row[-1] for row in sorted(ranked, key=lambda row: row[:3])]


def _pieces(text: str) -> set[str]:
    found: set[str] = set()
    for word in "".join(sign if sign.isalnum() else " " for sign in fold(text)).split():
        padded = f"  {word} "
        found.update(padded[at : at + WIDTH] for at in range(len(padded) - WIDTH + 1))
    return found
