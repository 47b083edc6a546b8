"""Deeds about people: one verb, one function, one transaction, one journal row."""

from hallway.people.actions.change import change_photo, change_profile, remove_photo
from hallway.people.actions.cover import change_cover, remove_cover
from hallway.people.actions.days import change_day
from hallway.people.actions.follow import follow, unfollow
from hallway.people.actions.join import add_person, free_handle
from hallway.people.actions.learn import learn
from hallway.people.actions.links import change_links

__all__ = [
    "add_person",
    "change_cover",
    "change_day",
    "change_links",
    "change_photo",
    "change_profile",
    "follow",
    "free_handle",
    "learn",
    "remove_cover",
    "remove_photo",
    "unfollow",
]
