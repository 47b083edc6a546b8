"""Deeds in town halls: one verb, one function, one transaction, one journal row."""

from hallway.spaces.actions import NotAllowed
from hallway.townhalls.actions.announce import Plan, Replanned, announce, change, mark_of
from hallway.townhalls.actions.ask import BadQuestion, ask, edit, withdraw
from hallway.townhalls.actions.batch import Counted, count
from hallway.townhalls.actions.counting import Cheering, Choice, Deed, News, Outcome, Wish
from hallway.townhalls.actions.direct import close_asking, end, open_doors
from hallway.townhalls.actions.follow_up import follow_up
from hallway.townhalls.actions.holding import Closed, Overtaken
from hallway.townhalls.actions.remind import remind
from hallway.townhalls.actions.tally import (
    cheer,
    tell,
    tell_all,
    tell_in_turn,
    tell_or_owe,
    tell_owed,
)
from hallway.townhalls.actions.vote import cast, vote

__all__ = [
    "BadQuestion",
    "Cheering",
    "Choice",
    "Closed",
    "Counted",
    "Deed",
    "News",
    "NotAllowed",
    "Outcome",
    "Overtaken",
    "Plan",
    "Replanned",
    "Wish",
    "announce",
    "ask",
    "cast",
    "change",
    "cheer",
    "close_asking",
    "count",
    "edit",
    "end",
    "follow_up",
    "mark_of",
    "open_doors",
    "remind",
    "tell",
    "tell_all",
    "tell_in_turn",
    "tell_or_owe",
    "tell_owed",
    "vote",
    "withdraw",
]
