"""Deeds in town halls: one verb, one function, one transaction, one journal row."""

from hallway.spaces.actions import NotAllowed
from hallway.townhalls.actions.announce import Plan, announce, change
from hallway.townhalls.actions.ask import BadQuestion, ask, edit, withdraw
from hallway.townhalls.actions.batch import Counted, count
from hallway.townhalls.actions.counting import Cheering, Choice, Deed, News, Outcome, Wish
from hallway.townhalls.actions.direct import close_asking, end, open_doors
from hallway.townhalls.actions.follow_up import follow_up
from hallway.townhalls.actions.holding import Closed, Overtaken
from hallway.townhalls.actions.remind import remind
from hallway.townhalls.actions.tally import cheer, tell, tell_all, tell_in_turn
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
    "open_doors",
    "remind",
    "tell",
    "tell_all",
    "tell_in_turn",
    "vote",
    "withdraw",
]
