"""Sessions, links sent by mail, and the mark of everything that lets somebody in."""

from hallway.accounts.models.credential import Credential
from hallway.accounts.models.link import (
    AddressLink,
    FirstLink,
    Invitation,
    JoinLink,
    Link,
    ResetLink,
)
from hallway.accounts.models.session import Session, session_hash

__all__ = [
    "AddressLink",
    "Credential",
    "FirstLink",
    "Invitation",
    "JoinLink",
    "Link",
    "ResetLink",
    "Session",
    "session_hash",
]
