"""Second factors: an authenticator app, recovery codes and passkeys, in the tables of allauth."""

import base64
import logging
from dataclasses import dataclass

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac

from hallway.company.present import company
from hallway.core.writing import writing
from hallway.people.models import Person

log = logging.getLogger(__name__)

CODES = 10
SECOND = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps secrets encrypted, so that a copy of the database alone opens no account."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return company().name

    def _get_site_name(self) -> str:
        return company().name


@dataclass(frozen=True)
class Held:
    """What one person has besides their password; `codes_left` is None where there are none."""

    app: Authenticator | None
    passkeys: list[Authenticator]
    codes_left: int | None

    @property
    def is_any(self) -> bool:
        """Whether signing in takes a second step."""
        return self.app is not None or bool(self.passkeys)


def held_by(person: Person) -> Held:
    """Return the factors of `person`; asks once."""
    app, passkeys, left = None, [], None
    for row in Authenticator.objects.filter(user=person).order_by("pk"):
        if row.type == Authenticator.Type.TOTP:
            app = row
        elif row.type == Authenticator.Type.WEBAUTHN:
            passkeys.append(row)
        else:
            left = CODES - int(row.data["used_mask"]).bit_count()
    return Held(app, passkeys, left)


def accepts(person: Person, code: str) -> Authenticator | None:
    """Use `code` up, be it from their app or a recovery code; None when it is neither.

    A code of the app counts once: only moments after the last one that was taken are looked at
    (RFC 6238, section 5.2).
    """
    digits = "".join(sign for sign in code if sign.isalnum())
    with writing():
        rows = Authenticator.objects.select_for_update().filter(user=person)
        for row in rows.exclude(type=Authenticator.Type.WEBAUTHN):
            try:
                taken = _take(row, digits)
            except InvalidToken:
                # The secret key was changed, so nobody can read this any more.
                log.warning("A second factor was kept with another secret key.")
                taken = False
            if taken:
                return row
    return None


def _take(row: Authenticator, digits: str) -> bool:
    if row.type == Authenticator.Type.RECOVERY_CODES:
        return bool(row.wrap().validate_code(digits))
    secret = Factors().decrypt(row.data["secret"])
    for moment in totp.yield_hotp_counters_from_time():
        right = totp.format_hotp_value(totp.hotp_value(secret, moment)) == digits
        if right and moment > row.data.get("last", -1):
            row.data["last"] = moment
            row.save(update_fields=["data"])
            return True
    return False


def _cipher() -> Fernet:
    key = salted_hmac("hallway.accounts.factors", "secrets", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
