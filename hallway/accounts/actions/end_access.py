"""The one way to end a person's access: everything that lets them in, in one transaction."""

from hallway.accounts.models import Session
from hallway.accounts.models.credential import credential_models
from hallway.accounts.sessions import SessionStore
from hallway.core.writing import writing
from hallway.people.models import Person


def end_access(person: Person, *, by: Person | None) -> None:
    """End sessions, links, tokens and subscriptions of `person` at once.

    Finds all tables marked as `Credential`, on whichever floor; each session's end is in the
    journal, so that its screens close. Does not keep them from signing in again: that is
    `deactivate`.
    """
    with writing():
        for model in credential_models():
            model.end_all(person, by=by.pk if by else None)


def end_sessions(person: Person, *, keep: str | None) -> None:
    """End all sessions of `person` except the one with the key `keep`."""
    with writing():
        Session.end_all(person, by=person.pk, keep=keep)


def end_session(session: Session) -> None:
    """End one session; its screens close."""
    SessionStore(session.session_key).delete()
