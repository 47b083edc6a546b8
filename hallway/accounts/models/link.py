"""Links sent by mail that let somebody in once; only hashes of their tokens are stored."""

import hashlib
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from hallway.accounts.models.credential import Credential
from hallway.core.writing import writing

if TYPE_CHECKING:
    from hallway.people.models import Person


class Link(models.Model):
    """A link that works once, until `expires_at`. `digest` is the SHA-256 of its token."""

    LIFETIME: ClassVar[timedelta]

    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        abstract = True

    def renew(self) -> str:
        """Give the (unsaved) row a new token and a new end, and return the token."""
        token = secrets.token_urlsafe(32)
        self.digest = digest_of(token)
        self.expires_at = timezone.now() + self.LIFETIME
        return token

    @classmethod
    def living(cls, token: str) -> Self | None:
        """Return the row that `token` opens now, or None for unknown, used and expired ones."""
        return cls._working().filter(digest=digest_of(token)).first()

    @classmethod
    def to_mail(cls, pk: int) -> tuple[Self, str] | None:
        """Give the row a token for the mail that is about to be sent; None if it opens nothing.

        Made so late, the token lies nowhere: neither here nor in the outbox. An earlier one, of a
        mail that was not taken, stops working.
        """
        link = cls._working().filter(pk=pk).first()
        if link is None:
            return None
        replaced = link.digest
        token = link.renew()
        with writing():
            changed = cls._default_manager.filter(pk=pk, digest=replaced).update(
                digest=link.digest, expires_at=link.expires_at
            )
        return (link, token) if changed else None

    @classmethod
    def _working(cls) -> "models.QuerySet[Self]":
        return cls._default_manager.filter(expires_at__gt=timezone.now())

    def take(self) -> bool:
        """Use the link up, inside `writing()`; False when somebody was quicker."""
        rows = type(self)._default_manager.filter(pk=self.pk, digest=self.digest)
        return rows.delete()[0] > 0


class PersonalLink(Link, Credential):
    """A link bound to a person and to the address it was sent to."""

    address = models.EmailField(max_length=254)

    class Meta(Link.Meta):
        abstract = True

    @classmethod
    def living(cls, token: str) -> Self | None:
        """Return the row `token` opens, unless the person left or has another address by now."""
        return cls._working().filter(digest=digest_of(token)).first()

    @classmethod
    def _working(cls) -> "models.QuerySet[Self]":
        rows = cls._default_manager.filter(
            expires_at__gt=timezone.now(), person__is_active=True, person__email=models.F("address")
        )
        return rows.select_related("person")


class Invitation(PersonalLink):
    """An invitation to choose a first password. `sent_at` is None until its mail has gone out."""

    LIFETIME = timedelta(days=7)

    person = models.OneToOneField(
        "people.Person", on_delete=models.CASCADE, related_name="invitation"
    )
    by = models.ForeignKey(
        "people.Person", null=True, on_delete=models.SET_NULL, related_name="invitations_sent"
    )
    sent_at = models.DateTimeField(null=True)

    @property
    def is_over(self) -> bool:
        """Whether the link in the mail no longer works."""
        return self.expires_at <= timezone.now()


class ResetLink(PersonalLink):
    """A link to choose a new password.

    One with `person` None opens nothing: it is written when an unknown address asks, so that
    the answer takes as long as for a known one.
    """

    LIFETIME = timedelta(minutes=30)

    person = models.ForeignKey(
        "people.Person", null=True, on_delete=models.CASCADE, related_name="reset_links"
    )


class AddressLink(PersonalLink):
    """One of the two links with which `person` gets the address `wanted` in place of `address`.

    The one of the new side shows that they read mail there, that of the old one that it is them.
    """

    LIFETIME = timedelta(days=1)

    class Side(models.TextChoices):
        OLD = "old"
        NEW = "new"

    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="address_links"
    )
    side = models.CharField(max_length=3, choices=Side.choices)
    wanted = models.EmailField(max_length=254)
    agreed = models.BooleanField(default=False)

    class Meta(PersonalLink.Meta):
        constraints = [
            models.UniqueConstraint(fields=["person", "side"], name="address_link_of_side")
        ]

    @classmethod
    def under_way(cls, person: "Person") -> list[Self]:
        """The two links of a change that may still happen, or none; the old side first."""
        rows = list(cls._working().filter(person=person).order_by("-side"))
        return rows if len(rows) == len(cls.Side) else []


class JoinLink(Link):
    """The link with which somebody shows that they read mail at `address`, and joins."""

    LIFETIME = timedelta(hours=1)

    address = models.EmailField(max_length=254)
    language = models.CharField(max_length=8)


class FirstLink(Link):
    """The link to the page where the first administrator is created."""

    LIFETIME = timedelta(days=1)


def digest_of(token: str) -> str:
    """The stored form of `token`; its 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()
