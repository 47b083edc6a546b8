"""Tables of town halls."""

from hallway.townhalls.models.crowd import CHEERS, Cheer, Presence
from hallway.townhalls.models.hall import Part, Reminder, TownHall
from hallway.townhalls.models.nameless import Issued, SigningKey, Spent
from hallway.townhalls.models.poll import Ballot, Option, Poll
from hallway.townhalls.models.question import Change, Question, Vote

__all__ = [
    "CHEERS",
    "Ballot",
    "Change",
    "Cheer",
    "Issued",
    "Option",
    "Part",
    "Poll",
    "Presence",
    "Question",
    "Reminder",
    "SigningKey",
    "Spent",
    "TownHall",
    "Vote",
]
