"""Tables of spaces and membership."""

from hallway.spaces.models.membership import Invitation, JoinRequest, Membership
from hallway.spaces.models.rule import Rule, StayedOut
from hallway.spaces.models.space import Space

__all__ = ["Invitation", "JoinRequest", "Membership", "Rule", "Space", "StayedOut"]
