"""Deeds are done by those who still have access, asked in the transaction of the deed itself."""

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from hallway.accounts.models import Session
from hallway.core.middleware import SAFE_METHODS
from hallway.core.writing import AccessEnded, asking_first
from hallway.people.models import Person

Next = Callable[[HttpRequest], HttpResponse]


class StillHere:
    """Begins every write transaction of an unsafe request by asking for the access of its person.

    A form can be long under way: who was deactivated, or whose session was ended, since it began
    to arrive writes nothing and is sent to the door (`site.errors`), as if it had begun now. Views
    need not think of it. Reading costs nothing.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person, key = request.user, request.session.session_key
        if request.method in SAFE_METHODS or not isinstance(person, Person) or key is None:
            return self.get_response(request)
        with asking_first(partial(_ask, request, person, key)):
            return self.get_response(request)


def _ask(request: HttpRequest, person: Person, key: str) -> None:
    """Raise AccessEnded unless the session is there and its person active.

    The viewer of the request is brought up to date, so that the rules asked inside the transaction
    are asked for the person as they are now: their kind, and whether they administer.
    """
    if request.session.session_key != key:
        return  # the request itself has signed somebody in or out
    living = Session.objects.filter(pk=key, person=person, expire_date__gt=timezone.now())
    now = living.values_list("person__is_active", "person__kind", "person__is_administrator")
    row = now.first()
    if row is None or not row[0]:
        request.session.modified = False  # what is gone cannot be saved
        raise AccessEnded
    person.is_active, person.kind, person.is_administrator = row
