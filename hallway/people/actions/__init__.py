"""Deeds about people: one verb, one function, one transaction, one journal row."""

from hallway.people.actions.change import change_photo, change_profile, remove_photo
from hallway.people.actions.follow import follow, unfollow
from hallway.people.actions.join import add_person, free_handle
from hallway.people.actions.learn import learn

__all__ = [
    "add_person",
    "change_photo",
    "change_profile",
    "follow",
    "free_handle",
    "learn",
    "remove_photo",
    "unfollow",
]
