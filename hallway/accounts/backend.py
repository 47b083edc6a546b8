"""Signs people in by address and password: allauth's backend, asking people's rows only."""

from allauth.account.auth_backends import AuthenticationBackend

from hallway.accounts.arriving import arrived_person
from hallway.accounts.finding import person_numbered, person_with
from hallway.people.models import Person


class ByAddress(AuthenticationBackend):  # type: ignore[misc]
    """Knows each person by the one address in their row; there are no separate address rows.

    The base class hashes the password also when nobody has the address, so that the answer
    takes as long.
    """

    def get_user(self, user_id: int) -> Person | None:
        return arrived_person(user_id) or person_numbered(user_id)

    def _authenticate_by_email(self, email: str, password: str) -> Person | None:
        person = person_with(email)
        if person is None:
            return None
        self._did_check_password = True
        right = person.check_password(password)
        return person if right and self.user_can_authenticate(person) else None
