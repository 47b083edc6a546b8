"""Deeds in spaces: one verb, one function, one transaction, one journal row."""

from hallway.spaces.actions.change import Overtaken, change_space
from hallway.spaces.actions.create import create_space, ensure_company, founding, wall_of
from hallway.spaces.actions.hand_over import hand_over
from hallway.spaces.actions.holding import NotAllowed
from hallway.spaces.actions.invite import decline_invitation, invite, withdraw_invitation
from hallway.spaces.actions.join import approve, ask, decline, join, put_in, withdraw
from hallway.spaces.actions.leave import LastManager, is_last_manager, leave, remove
from hallway.spaces.actions.role import appoint, dismiss, set_role
from hallway.spaces.actions.rule import TooManyRules, add_rule, drop_rule

__all__ = [
    "LastManager",
    "NotAllowed",
    "Overtaken",
    "TooManyRules",
    "add_rule",
    "appoint",
    "approve",
    "ask",
    "change_space",
    "create_space",
    "decline",
    "decline_invitation",
    "dismiss",
    "drop_rule",
    "ensure_company",
    "founding",
    "hand_over",
    "invite",
    "is_last_manager",
    "join",
    "leave",
    "put_in",
    "remove",
    "set_role",
    "wall_of",
    "withdraw",
    "withdraw_invitation",
]
