"""Tables about being told outside: when, and what has been told."""

from hallway.outside.models.device import Device
from hallway.outside.models.schedule import Mailed, Schedule

__all__ = ["Device", "Mailed", "Schedule"]
