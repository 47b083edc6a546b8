"""The list of people as administrators ask for it, in the order of names."""

from django.db.models import Q, QuerySet

from hallway.accounts.finding import without_password
from hallway.people.models import Person
from hallway.people.naming import sort_name_of


def people(words: str, state: str) -> QuerySet[Person]:
    """Everybody whose name or address holds `words` and who is in `state` (see `forms.STATES`)."""
    rows = without_password() if state == "waiting" else Person.objects.all()
    states = {
        "active": Q(is_active=True),
        "deactivated": Q(is_active=False),
        "administrators": Q(is_administrator=True),
        "guests": Q(kind=Person.Kind.GUEST),
    }
    rows = rows.filter(states.get(state, Q()))
    if words:
        rows = rows.filter(Q(sort_name__contains=sort_name_of(words)) | Q(email__icontains=words))
    return rows.select_related("unit")
