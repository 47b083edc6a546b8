"""The story, told once for each module."""

from tests.doors.story import story

__all__ = ["story"]
