"""Tables of entries and of what hangs on them."""

from hallway.entries.models.attachment import Attachment
from hallway.entries.models.bookmark import Bookmark
from hallway.entries.models.entry import Entry
from hallway.entries.models.move import Move
from hallway.entries.models.reaction import Reaction
from hallway.entries.models.report import Decision, Report
from hallway.entries.models.tag import EntryTag
from hallway.entries.models.text import Revision, Text
from hallway.entries.models.thread_mark import ThreadMark
from hallway.entries.models.upload import Upload

__all__ = [
    "Attachment",
    "Bookmark",
    "Decision",
    "Entry",
    "EntryTag",
    "Move",
    "Reaction",
    "Report",
    "Revision",
    "Text",
    "ThreadMark",
    "Upload",
]
