"""Tables about being told outside: when, and what has been told."""

from hallway.outside.models.schedule import Mailed, Schedule

__all__ = ["Mailed", "Schedule"]
