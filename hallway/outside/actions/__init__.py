"""What is done about being told outside: choosing when, and owing digests."""

from hallway.outside.actions.owe import enroll, enroll_newcomers, owe_digests
from hallway.outside.actions.schedule import Plan, begin_anew, choose, stop_digest

__all__ = [
    "Plan",
    "begin_anew",
    "choose",
    "enroll",
    "enroll_newcomers",
    "owe_digests",
    "stop_digest",
]
