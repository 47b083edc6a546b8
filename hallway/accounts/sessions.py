"""Session engine of Django that knows whose a session is, how long it lasts, and tells of its end.

A session ends 14 days after its last use (settings.SESSION_COOKIE_AGE) and 30 days after sign-in
at the latest. It is written at sign-in and then at most once a day (`note_use`), so that reading
pages writes nothing.
"""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from hallway.accounts.arriving import arrive, note
from hallway.accounts.models import Session, session_hash
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record

ABSOLUTE = timedelta(days=30)
UNDER_WAY = 3600
"""Seconds for signing in; nobody keeps a session for longer who is not through with that."""

BEGAN = "began"
SEEN = "seen"
AGENT = "agent"


class SessionStore(DatabaseStore):
    """Sessions in the database, one row each, with the person they belong to."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        person = data.get(SESSION_KEY)
        now = timezone.now()
        row.person_id = int(person) if person else None
        row.agent = str(data.get(AGENT, ""))[:80]
        row.created_at = datetime.fromtimestamp(data[BEGAN], UTC) if data.get(BEGAN) else now
        row.used_at = now
        return row

    def load(self) -> dict[str, Any]:
        """The contents of the session, if it has not run out; asked with every request."""
        arrival = arrive(self.session_key, timezone.now()) if self.session_key else None
        if arrival is None:
            self._session_key = None
            return {}
        note(arrival)
        return self.decode(arrival.data)

    def begin(self, agent: str) -> None:
        """Start the clock of a sign-in just made; `agent` as from `agents.describe`."""
        self[AGENT] = agent
        self[BEGAN] = int(timezone.now().timestamp())
        self[SEEN] = _today()

    def note_use(self) -> None:
        """Have the session written anew with this answer, unless that was done today."""
        if self.get(SEEN) != _today():
            self[SEEN] = _today()

    def get_expiry_age(self, **given: Any) -> int:
        """Seconds until the session ends: of idleness, but no longer than since sign-in."""
        age = super().get_expiry_age(**given)
        if SESSION_KEY not in self:
            return min(age, UNDER_WAY)
        began = self.get(BEGAN)
        if not began:
            return age
        left = began + ABSOLUTE.total_seconds() - timezone.now().timestamp()
        return max(0, min(age, int(left)))

    def get_expiry_date(self, **given: Any) -> datetime:
        """The moment at which the session ends if it is not used again."""
        return timezone.now() + timedelta(seconds=self.get_expiry_age(**given))

    def save(self, must_create: bool = False) -> None:
        with writing():
            super().save(must_create=must_create)

    def delete(self, session_key: str | None = None) -> None:
        """Delete the session, by default this one, and close its screens."""
        key = session_key or self.session_key
        if key is None:
            return
        with writing():
            person = Session.objects.filter(pk=key).values_list("person_id", flat=True).first()
            gone, _ = Session.objects.filter(pk=key).delete()
            if gone and person:
                record(Verb.SESSION_ENDED, person=person, session=session_hash(key))


def _today() -> str:
    return timezone.now().astimezone(UTC).date().isoformat()
