"""A person adds or removes a second factor, or an administrator resets those of somebody."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.utils.translation import gettext as _

from hallway.accounts.actions.address import hold
from hallway.accounts.actions.refusal import Refused
from hallway.accounts.mail import FACTOR, Change
from hallway.accounts.models import Session
from hallway.audit.models import Deed
from hallway.audit.writer import note
from hallway.company.present import company
from hallway.core.text import clean_name
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.outbox.actions import post
from hallway.people.administering import demand_administrator
from hallway.people.models import Person

MOST_PASSKEYS = 20


def set_up_app(person: Person, secret: str) -> list[str]:
    """Ask `person` for codes made from `secret` from now on; an app they had before is replaced.

    Returns recovery codes to be shown once, or none if they have some already.
    """
    with writing():
        hold(person)
        Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).delete()
        TOTP.activate(person, secret)
        codes = _first_codes(person)
        deed = record(Verb.FACTOR_ADDED, actor=person.pk, person=person.pk, factor="app")
        _tell(deed, person, Change.APP_ADDED)
    return codes


def add_passkey(person: Person, name: str, credential: dict[str, Any]) -> list[str]:
    """Let `person` sign in with the passkey `credential`, checked before; returns as above.

    Raises Refused when they have too many.
    """
    with writing():
        hold(person)
        held = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)
        if held.count() >= MOST_PASSKEYS:
            raise Refused(_("You have very many passkeys. Remove one that you no longer use."))
        WebAuthn.add(person, clean_name(name)[:60], credential)
        codes = _first_codes(person)
        deed = record(Verb.FACTOR_ADDED, actor=person.pk, person=person.pk, factor="passkey")
        _tell(deed, person, Change.PASSKEY_ADDED)
    return codes


def remove_factor(factor: Authenticator) -> None:
    """Remove an app or a passkey by its owner; with the last one the recovery codes go, too.

    Raises Refused for the last one of somebody who needs one.
    """
    person = factor.user
    is_app = factor.type == Authenticator.Type.TOTP
    with writing():
        hold(person)
        Authenticator.objects.filter(pk=factor.pk).delete()
        kept = Authenticator.objects.filter(user=person)
        if not kept.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
            if company().demands_second_step(person.is_administrator):
                raise Refused(_("You need a second step here. Add another one first."))
            kept.delete()
        kind = "app" if is_app else "passkey"
        deed = record(Verb.FACTOR_REMOVED, actor=person.pk, person=person.pk, factor=kind)
        _tell(deed, person, Change.APP_REMOVED if is_app else Change.PASSKEY_REMOVED)


def renew_codes(person: Person) -> list[str]:
    """Give `person` new recovery codes and return them; the old ones stop working.

    Raises Refused where there is no second factor that they could stand in for.
    """
    with writing():
        hold(person)
        held = Authenticator.objects.filter(user=person)
        if not held.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
            raise Refused(_("Set up an authenticator app or a passkey first."))
        held.filter(type=Authenticator.Type.RECOVERY_CODES).delete()
        codes = _first_codes(person)
        deed = record(Verb.FACTOR_ADDED, actor=person.pk, person=person.pk, factor="codes")
        _tell(deed, person, Change.CODES_RENEWED)
    return codes


def reset_factors(person: Person, *, by: Person) -> None:
    """Remove all second factors of `person`, who lost them, and end their sessions.

    Raises PermissionDenied unless `by` is an administrator, Refused where there is nothing to reset
    and for oneself, who does that in the settings.
    """
    with writing():
        demand_administrator(by)
        if person.pk == by.pk:
            raise Refused(_("Your own second step you change in your settings."))
        if not drop_factors(person, by=by):
            raise Refused(_("They sign in with their password alone: there is nothing to reset."))
        Session.end_all(person, by=by.pk)


def drop_factors(person: Person, *, by: Person | None) -> bool:
    """Remove all factors of `person`, inside `writing()`; returns whether there were any."""
    if not Authenticator.objects.filter(user=person).delete()[0]:
        return False
    note(Deed.FACTORS_RESET, by=by.pk if by else None, person=person.pk)
    deed = record(Verb.FACTORS_RESET, actor=by.pk if by else None, person=person.pk)
    _tell(deed, person, Change.RESET)
    return True


def _first_codes(person: Person) -> list[str]:
    if Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).exists():
        return []
    codes: list[str] = RecoveryCodes.activate(person).generate_codes()
    return codes


def _tell(deed: int, person: Person, change: Change) -> None:
    post(FACTOR, str(deed), person=person.pk, change=change)
