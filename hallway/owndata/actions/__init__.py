"""Deeds about one's own data: asking for it, going, staying after all, erasing."""

from hallway.owndata.actions.download import ask_for_download, make_what_is_asked_for
from hallway.owndata.actions.erase import erase, erase_what_is_due
from hallway.owndata.actions.leave import drop_farewell, leave, stay

__all__ = [
    "ask_for_download",
    "drop_farewell",
    "erase",
    "erase_what_is_due",
    "leave",
    "make_what_is_asked_for",
    "stay",
]
