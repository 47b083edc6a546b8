"""Bringing people, and who follows whom, from tables that other systems export."""

from hallway.people.importing.follows import import_follows
from hallway.people.importing.people import import_people
from hallway.people.importing.report import Bad, Report

__all__ = ["Bad", "Report", "import_follows", "import_people"]
