"""Passkeys: what the browser is asked for, and whether its answer is right (WebAuthn, by fido2)."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError

from hallway.people.models import Person


def creation_options(person: Person) -> dict[str, Any]:
    """What the browser needs to make a passkey for `person`; its challenge is in the session."""
    options: dict[str, Any] = auth.begin_registration(person, passwordless=True)
    return options


def check_new(credential: Any) -> None:
    """Check a passkey just made; raises ValidationError."""
    try:
        auth.parse_registration_response(_object(credential))
        made = auth.complete_registration(credential)
    except (KeyError, ValueError) as error:
        raise ValidationError("This is no passkey.") from error
    if not made.is_user_verified():
        raise ValidationError("The device did not ask who is using it.")


def request_options(person: Person | None) -> dict[str, Any]:
    """What the browser needs to show a passkey of `person`, or of anybody."""
    options: dict[str, Any] = auth.begin_authentication(person)
    return options


def check(person: Person, credential: Any) -> Authenticator:
    """Return the passkey of `person` that was shown; raises ValidationError."""
    try:
        auth.parse_authentication_response(_object(credential))
        return auth.complete_authentication(person, credential)
    except KeyError as error:
        raise ValidationError("This is no passkey.") from error


def owner_of(credential: Any) -> Person:
    """Return whom a passkey says it belongs to, before it is checked; raises ValidationError."""
    person = auth.extract_user_from_response(_object(credential))
    if not isinstance(person, Person) or not person.is_active:
        raise ValidationError("Nobody who may come in.")
    return person


def _object(credential: Any) -> dict[str, Any]:
    # Everything here was written by a browser, or by somebody who only says so.
    if not isinstance(credential, dict) or not isinstance(credential.get("response"), dict):
        raise ValidationError("This is no passkey.")
    return credential
