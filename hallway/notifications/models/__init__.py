"""Tables of notifications: what people are told, and how they want to be."""

from hallway.notifications.models.choice import Attention, Choice
from hallway.notifications.models.notification import (
    MOST_ACTORS,
    OF_ENTRIES,
    OF_QUESTIONS,
    OF_SPACES,
    Notification,
)
from hallway.notifications.models.thread import ThreadChoice

__all__ = [
    "MOST_ACTORS",
    "OF_ENTRIES",
    "OF_QUESTIONS",
    "OF_SPACES",
    "Attention",
    "Choice",
    "Notification",
    "ThreadChoice",
]
