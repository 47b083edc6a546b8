"""How many people were in a town hall, as the journal was told."""

from hallway.journal.reader import Deed, last_before
from hallway.journal.verbs import Verb


def were_there(deed: Deed) -> int:
    """How many people were in the hall of `deed` just before it; 0 if nobody counted them."""
    told = last_before(deed, Verb.HALL_PRESENT)
    return 0 if told is None else int(told.detail["people"])
