"""Deeds on entries of every kind: one verb, one function, one transaction, one journal row."""

from hallway.entries.actions.delete import delete, restore
from hallway.entries.actions.edit import edit
from hallway.entries.actions.images import Ahead, ImageGone, NewImage
from hallway.entries.actions.move import AuthorLosesSight, move
from hallway.entries.actions.pin import TooManyPinned, pin
from hallway.entries.actions.publish import Draft, publish
from hallway.entries.actions.react import react
from hallway.entries.actions.reading import read_thread, read_threads
from hallway.entries.actions.report import ReasonMissing, decide, look, report
from hallway.entries.actions.save import save
from hallway.entries.actions.send_ahead import send_ahead
from hallway.spaces.actions import NotAllowed

__all__ = [
    "Ahead",
    "AuthorLosesSight",
    "Draft",
    "ImageGone",
    "NewImage",
    "NotAllowed",
    "ReasonMissing",
    "TooManyPinned",
    "decide",
    "delete",
    "edit",
    "look",
    "move",
    "pin",
    "publish",
    "react",
    "read_thread",
    "read_threads",
    "report",
    "restore",
    "save",
    "send_ahead",
]
