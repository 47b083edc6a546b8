"""The doors of entries: read one, react, change, delete, look at its images."""

from hallway.entries.views.ahead import kept, send_ahead
from hallway.entries.views.change import edit
from hallway.entries.views.delete import delete, restore
from hallway.entries.views.image import image
from hallway.entries.views.menu import menu
from hallway.entries.views.move import move
from hallway.entries.views.pin import pin
from hallway.entries.views.react import react
from hallway.entries.views.read import history, reactions
from hallway.entries.views.report import decide, decision, report, reported
from hallway.entries.views.save import save

__all__ = [
    "decide",
    "decision",
    "delete",
    "edit",
    "history",
    "image",
    "kept",
    "menu",
    "move",
    "pin",
    "react",
    "reactions",
    "report",
    "reported",
    "restore",
    "save",
    "send_ahead",
]
