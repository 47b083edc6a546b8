"""Somebody goes for good, or is kept after all."""

import secrets

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hallway.accounts.actions import Refused
from hallway.accounts.actions.deactivate import let_go, let_in_again
from hallway.accounts.models.link import digest_of
from hallway.audit.models import Deed
from hallway.audit.writer import note
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.outbox.actions import post
from hallway.owndata.mail import FAREWELL
from hallway.owndata.models import GRACE, Farewell
from hallway.people.administering import demand_administrator
from hallway.people.departures import objection
from hallway.people.models import Person

ALONE = gettext_lazy("You are the only administrator. Make somebody else one first.")


def leave(person: Person, words: bool, *, by: Person) -> Farewell:
    """Sign `person` out everywhere and erase them in a week, and with `words` what they published.

    They are mailed a link that keeps the account until then. Raises PermissionDenied unless it is
    themselves or an administrator, Refused for the last administrator and for who is erased.
    """
    with writing():
        if person.pk != by.pk:
            demand_administrator(by)
        held = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        if held.is_former:
            raise Refused(gettext_lazy("This account was erased already."))
        if is_last_administrator(held):
            raise Refused(ALONE)
        Farewell.objects.filter(person=held).delete()
        farewell = Farewell.objects.create(
            person=held,
            digest=digest_of(secrets.token_urlsafe(32)),  # until the mail has one
            due_at=timezone.now() + GRACE,
            words=words,
            by=None if held.pk == by.pk else by,
        )
        let_go(held, by=by)
        record(Verb.PERSON_LEAVING, actor=by.pk, person=held.pk, words=words)
        if held.pk != by.pk:
            note(Deed.PERSON_LEAVING, by=by.pk, person=held.pk)
        post(FAREWELL, str(held.pk), person=held.pk)
    return farewell


def stay(token: str) -> Person | None:
    """Keep the account that the link in the mail belongs to; None for a link that is over."""
    with writing():
        rows = Farewell.objects.select_for_update().filter(
            digest=digest_of(token), due_at__gt=timezone.now()
        )
        farewell = rows.first()
        if farewell is None:
            return None
        person = Person.objects.get(pk=farewell.person_id)
        if objection(person):
            # Such as a guest whose last day has passed: kept, but not let in.
            drop_farewell(person, by=person)
        else:
            let_in_again(person, by=person.pk)
    return person


def drop_farewell(person: Person, by: Person) -> None:
    """Whoever is let in again is not erased; inside `writing()`."""
    if Farewell.objects.filter(person=person).delete()[0]:
        record(Verb.PERSON_STAYING, actor=by.pk, person=person.pk)


def erased_already(person: Person) -> str:
    """Why nobody can let in a former member again; '' for all others."""
    return _("This account was erased. Invite them anew.") if person.is_former else ""


def begin_grace_anew() -> None:
    """After a restore: who was about to go may have been kept since, so their week begins anew."""
    with writing():
        Farewell.objects.update(due_at=timezone.now() + GRACE)


def is_last_administrator(person: Person) -> bool:
    """Whether nobody else administers."""
    others = Person.objects.filter(is_active=True, is_administrator=True).exclude(pk=person.pk)
    return person.is_administrator and not others.exists()
