"""Tables of people, units, following, and of finding people by name."""

from hallway.people.models.cover import Cover
from hallway.people.models.day import PersonalDay
from hallway.people.models.follow import Follow
from hallway.people.models.link import OwnLink
from hallway.people.models.name import NameSlip, NameWord
from hallway.people.models.person import RESERVED_HANDLES, Face, Person, PersonManager
from hallway.people.models.photo import Photo
from hallway.people.models.skill import PersonSkill
from hallway.people.models.unit import OrgUnit

__all__ = [
    "RESERVED_HANDLES",
    "Cover",
    "Face",
    "Follow",
    "NameSlip",
    "NameWord",
    "OrgUnit",
    "OwnLink",
    "Person",
    "PersonManager",
    "PersonSkill",
    "PersonalDay",
    "Photo",
]
