"""Deeds about guests: one verb, one function, one transaction."""

from hallway.guests.actions.end import end_what_is_over, warn_of_ends
from hallway.guests.actions.invite import invite_guest, invite_until, may_invite
from hallway.guests.actions.prolong import NotTheirHost, may_prolong, prolong

__all__ = [
    "NotTheirHost",
    "end_what_is_over",
    "invite_guest",
    "invite_until",
    "may_invite",
    "may_prolong",
    "prolong",
    "warn_of_ends",
]
