"""How one person stands to one space, and what follows from it: the rules, without the database."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from hallway.people.models import Person
from hallway.spaces.models import Membership, Space

ASK_AGAIN_AFTER = timedelta(days=7)
"""Whose request was declined waits so long; managers may invite them at any time."""

VERBS = ("read", "post", "join", "ask", "leave", "invite", "manage", "rule", "appoint")


@dataclass(frozen=True, slots=True)
class Standing:
    """A space that `viewer` may know of, with all the rules look at; made by `access.standing`.

    `reads` comes from the one expression `access.readable`. `role` is that of the viewer's
    membership row or None. `declined_at` says when a request was declined that was the last one.
    `unmanaged` is filled in for administrators only.
    """

    viewer: Person
    space: Space
    reads: bool
    role: str | None
    invited: bool
    asked: bool
    declined_at: datetime | None
    unmanaged: bool

    def may(self, verb: str) -> bool:
        """Whether the viewer may do `verb` (one of VERBS); raises ValueError for another."""
        if verb not in VERBS:
            raise ValueError(f"no such verb: {verb}")
        rules = {
            "read": self.reads,
            "post": self.posts,
            "join": self.joins,
            "ask": self.asks,
            "leave": self.leaves,
            "invite": self.invites,
            "manage": self.manages,
            "rule": self.rules,
            "appoint": self.appoints,
        }
        return rules[verb]

    @property
    def belongs(self) -> bool:
        """Whether the space is one of the viewer's own."""
        if self.space.is_wall:
            return self.space.owner_id == self.viewer.pk
        return self.role is not None or (self.space.is_company and not self.viewer.is_guest)

    @property
    def manages(self) -> bool:
        """Managers, a wall's owner, and administrators in the company's space; never guests."""
        if self.viewer.is_guest:
            return False
        if self.space.is_wall:
            return self.space.owner_id == self.viewer.pk
        if self.space.is_company and self.viewer.is_administrator:
            return True
        return self.role == Membership.Role.MANAGER

    @property
    def posts(self) -> bool:
        """Those who belong, or only those who manage, as the space says."""
        if self.space.is_wall or self.space.posting == Space.Posting.MANAGERS:
            return self.manages
        return self.belongs

    @property
    def joins(self) -> bool:
        """Employees join open spaces by themselves; who was invited joins any."""
        if self.space.is_wall or self.belongs:
            return False
        return self.invited or (self.space.is_open and not self.viewer.is_guest)

    @property
    def asks(self) -> bool:
        """Employees ask for a place in a closed space, unless they must wait."""
        return self._is_door and not self.waits

    @property
    def waits(self) -> bool:
        """Who was declined a short while ago does not ask again yet."""
        again = self.asks_again
        return self._is_door and again is not None and timezone.now() < again

    @property
    def asks_again(self) -> datetime | None:
        """From when on the viewer may ask again, if a request of theirs was declined."""
        return None if self.declined_at is None else self.declined_at + ASK_AGAIN_AFTER

    @property
    def _is_door(self) -> bool:
        closed = self.space.openness == Space.Openness.CLOSED
        return closed and not self.viewer.is_guest and not self.belongs

    @property
    def leaves(self) -> bool:
        """Members leave, but nobody leaves the company's space."""
        return self.role is not None and not self.space.is_company

    @property
    def invites(self) -> bool:
        """Those who belong to an open space, else its managers; guests invite nobody."""
        if self.space.is_wall or self.space.is_company or self.viewer.is_guest:
            return False
        return self.belongs if self.space.is_open else self.manages

    @property
    def invites_guests(self) -> bool:
        """Only managers let somebody from outside in."""
        return self.invites and self.manages

    @property
    def rules(self) -> bool:
        """Managers say whom a space takes in by itself; where not all read, also administrators.

        Both at once there: a rule shows people's words to others whom nobody looked at one by one.
        """
        if self.space.is_wall or self.space.is_company or not self.manages:
            return False
        return self.space.is_open or self.viewer.is_administrator

    @property
    def appoints(self) -> bool:
        """Administrators name the managers of company and subsidiaries, and of what has none.

        This is no way to read: it needs no reading and gives none (see `actions.appoint`).
        """
        if not self.viewer.is_administrator or self.viewer.is_guest or self.space.is_wall:
            return False
        official = self.space.kind in (Space.Kind.COMPANY, Space.Kind.SUBSIDIARY)
        return official or self.unmanaged
