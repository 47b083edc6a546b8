"""What a guest's profile says about their stay, and why some do not come back by themselves."""

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from hallway.core.http import viewer_of
from hallway.guests.actions import may_prolong
from hallway.guests.forms import DayForm
from hallway.guests.models import Stay
from hallway.people.models import Person

NOTHING = escape("")


def stay_of(request: HttpRequest, person: Person) -> SafeString:
    """A guest's last day and host, with a form for those who may move the day."""
    if not person.is_guest:
        return NOTHING
    stay = Stay.objects.filter(person=person).select_related("host").first()
    if stay is None:
        return NOTHING
    form = DayForm(initial={"until": stay.until}) if may_prolong(viewer_of(request), stay) else None
    given = {"stay": stay, "form": form, "csrf_token": get_token(request)}
    return render_to_string("guests/_stay.html", given)


def objection(person: Person) -> str | Promise:
    """Why `person` cannot be let in again just so; '' if nothing speaks against it."""
    stay = Stay.objects.filter(person=person).first()
    if stay is None or not stay.is_over:
        return ""
    return _("Their stay is over. Choose a new last day on their profile, and they can sign in.")
