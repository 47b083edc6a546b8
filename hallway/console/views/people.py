"""People as administrators see them: who has access, by what, and what was done about it."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hallway.accounts import actions
from hallway.accounts.models import Invitation
from hallway.accounts.views.confirming import confirm_first
from hallway.accounts.views.guard import administrators_only
from hallway.console import figures, listing, logbook
from hallway.console.forms import PeopleFilter
from hallway.core.http import viewer_of
from hallway.people.models import Person
from hallway.spaces.paging import page

SHOWN_DEEDS = 10


@require_safe
@administrators_only
def people(request: HttpRequest) -> HttpResponse:
    """Everybody, by words and state; a page at a time."""
    form = PeopleFilter(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {"q": "", "state": ""}
    rows = listing.people(wanted["q"], wanted["state"])
    found = page(rows, ("sort_name", "pk"), request.GET.get("after", ""))
    kept = {name: value for name, value in wanted.items() if value}
    more = f"?{urlencode({**kept, 'after': found.next})}" if found.next else ""
    context = {
        "form": form,
        "people": found.rows,
        "more_url": more,
        "filtered": bool(kept),
        "here_tab": "people",
    }
    return render(request, "console/people.html", context)


@require_safe
@administrators_only
def person(request: HttpRequest, handle: str) -> HttpResponse:
    """One person: their access, what can be done about it, and what was done."""
    found = get_object_or_404(Person.objects.select_related("unit"), handle=handle)
    context = {
        "person": found,
        "is_self": found.pk == viewer_of(request).pk,
        "invitation": Invitation.objects.filter(person=found).first(),
        "sign_ins": figures.sign_ins(found),
        "managed_alone": figures.managed_alone(found),
        "deeds": logbook.lines(viewer_of(request), logbook.about(found)[:SHOWN_DEEDS]),
        "here_tab": "people",
    }
    return render(request, "console/person.html", context)


@require_POST
@administrators_only
@confirm_first
def administrator(request: HttpRequest, handle: str) -> HttpResponse:
    """Make somebody an administrator (`be=yes`), or no longer one (`be=no`)."""
    found = get_object_or_404(Person, handle=handle)
    named = {"name": found.name}
    if request.POST.get("be") == "no":
        deed, said = actions.unname_administrator, _("%(name)s is no longer an administrator.")
    else:
        deed, said = actions.name_administrator, _("%(name)s is an administrator now.")
    try:
        deed(found, by=viewer_of(request))
    except actions.Refused as refused:
        messages.error(request, str(refused.words))
    else:
        messages.success(request, said % named)
    return redirect("console:person", handle)


@require_POST
@administrators_only
def sign_out(request: HttpRequest, handle: str) -> HttpResponse:
    """End all sessions of somebody; their open screens close."""
    found = get_object_or_404(Person, handle=handle)
    actions.sign_out(found, by=viewer_of(request))
    messages.success(request, _("%(name)s is signed out everywhere.") % {"name": found.name})
    return redirect("console:person", handle)
