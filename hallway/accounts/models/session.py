"""Sessions that know whose they are, so that they can be listed and ended."""

import hashlib
from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models.functions import Now

from hallway.accounts.models.credential import Credential
from hallway.journal.verbs import Verb
from hallway.journal.writer import record

if TYPE_CHECKING:
    from hallway.people.models import Person


class Session(Credential, AbstractBaseSession):
    """A browser. `agent` is its coarse description ("Firefox/Windows"); no address is kept.

    `used_at` moves at most once a day: it tells old sessions from living ones and no more.
    """

    person = models.ForeignKey(
        "people.Person", null=True, on_delete=models.CASCADE, related_name="sessions"
    )
    agent = models.CharField(max_length=80, blank=True, default="")
    created_at = models.DateTimeField(db_default=Now())
    used_at = models.DateTimeField(db_default=Now())

    objects: ClassVar[BaseSessionManager[Self]] = BaseSessionManager()

    class Meta:
        indexes = [models.Index(fields=["person"], name="session_of_person")]

    def __str__(self) -> str:
        return f"session of {self.person_id}"

    @property
    def handle(self) -> str:
        """What addresses of pages carry in place of the key."""
        return session_hash(self.session_key)

    @property
    def browser(self) -> str:
        """Name of the browser, or ''."""
        return self.agent.partition("/")[0]

    @property
    def system(self) -> str:
        """Name of the operating system, or ''."""
        return self.agent.partition("/")[2]

    @classmethod
    def end_all(cls, person: "Person", *, by: int | None, keep: str | None = None) -> None:
        """End `person`'s sessions except the one with the key `keep`; screens close with them."""
        rows = cls.objects.filter(person=person).exclude(pk=keep or "")
        keys = list(rows.values_list("pk", flat=True))
        cls.objects.filter(pk__in=keys).delete()
        for key in keys:
            record(Verb.SESSION_ENDED, actor=by, person=person.pk, session=session_hash(key))


def session_hash(key: str) -> str:
    """What tickets and the journal carry instead of the session key: 32 hex digits of SHA-256."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]
