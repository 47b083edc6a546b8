"""What managers do about the places of others, and administrators about managers."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hallway.core.http import viewer_of
from hallway.core.text import clean_line
from hallway.people import searching
from hallway.people.access import visible_to
from hallway.people.models import Person
from hallway.spaces import actions, queries
from hallway.spaces.models import Membership
from hallway.spaces.views.loading import done, page_of, person_or_404, standing_or_404

LONGEST_QUERY = 200


@require_POST
def answer(request: HttpRequest, slug: str, handle: str) -> HttpResponse:
    """Let in somebody who asked (`answer=approve`), or not (`answer=decline`)."""
    standing = standing_or_404(request, slug, "manage")
    person, viewer = person_or_404(request, handle), viewer_of(request)
    named = {"name": person.name}
    if request.POST.get("answer") == "approve":
        deed = partial(actions.approve, standing.space, person, by=viewer)
        return done(request, standing, deed, _("%(name)s belongs to it now.") % named)
    if request.POST.get("answer") == "decline":
        deed = partial(actions.decline, standing.space, person, by=viewer)
        return done(request, standing, deed, _("%(name)s was not let in.") % named)
    raise Http404


@require_POST
def role(request: HttpRequest, slug: str, handle: str) -> HttpResponse:
    """Make a member a manager or the other way round (`role=manager` or `role=member`)."""
    standing = standing_or_404(request, slug, "manage")
    person, wanted = person_or_404(request, handle), request.POST.get("role", "")
    if wanted not in Membership.Role.values:
        raise Http404
    if wanted == Membership.Role.MANAGER:
        said = _("%(name)s is a manager now.") % {"name": person.name}
    else:
        said = _("%(name)s is no longer a manager.") % {"name": person.name}
    deed = partial(actions.set_role, standing.space, person, wanted, by=viewer_of(request))
    return done(request, standing, deed, said)


@require_POST
def remove(request: HttpRequest, slug: str, handle: str) -> HttpResponse:
    """End the membership of somebody."""
    standing = standing_or_404(request, slug, "manage")
    person = person_or_404(request, handle)
    deed = partial(actions.remove, standing.space, person, by=viewer_of(request))
    return done(request, standing, deed, _("%(name)s was removed.") % {"name": person.name})


@require_safe
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Search colleagues by `?q=` and invite them one by one."""
    standing = standing_or_404(request, slug, "invite")
    words = clean_line(request.GET.get("q", ""))[:LONGEST_QUERY]
    people = queries.colleagues_called(standing, words) if words else []
    states = queries.states(standing.space, people)
    found = [{"person": person, "state": states.get(person.pk, "")} for person in people]
    return page_of(request, "spaces/invite.html", standing, words=words, found=found)


@require_POST
def send(request: HttpRequest, slug: str, handle: str) -> HttpResponse:
    """Invite somebody."""
    standing = standing_or_404(request, slug, "invite")
    person = person_or_404(request, handle)
    deed = partial(actions.invite, standing.space, person, by=viewer_of(request))
    return done(request, standing, deed, _("%(name)s is invited.") % {"name": person.name})


@require_POST
def withdraw(request: HttpRequest, slug: str, handle: str) -> HttpResponse:
    """Take an invitation back."""
    standing = standing_or_404(request, slug, "manage")
    person = person_or_404(request, handle)
    deed = partial(actions.withdraw_invitation, standing.space, person, by=viewer_of(request))
    said = _("%(name)s is no longer invited.") % {"name": person.name}
    return done(request, standing, deed, said)


@require_safe
def managers(request: HttpRequest, slug: str) -> HttpResponse:
    """For administrators: who manages this space, and a search `?q=` for whom to appoint."""
    standing = standing_or_404(request, slug, "appoint")
    words = clean_line(request.GET.get("q", ""))[:LONGEST_QUERY]
    people = visible_to(viewer_of(request)).filter(is_active=True, kind=Person.Kind.EMPLOYEE)
    if not standing.reads:
        people = people.exclude(pk=standing.viewer.pk)
    held = list(queries.managers(standing.space)[: queries.MOST_OPEN])
    context: dict[str, Any] = {
        "words": words,
        "held": held,
        "holding": {row.person_id for row in held},
        "found": [each.person for each in searching.find(people, words, limit=20)] if words else [],
    }
    return page_of(request, "spaces/managers.html", standing, **context)


@require_POST
def appoint(request: HttpRequest, slug: str, handle: str) -> HttpResponse:
    """An administrator makes an employee a manager, or no longer one (`role=member`)."""
    standing = standing_or_404(request, slug, "appoint")
    person, viewer = person_or_404(request, handle), viewer_of(request)
    if request.POST.get("role") == Membership.Role.MEMBER:
        deed = partial(actions.dismiss, standing.space, person, by=viewer)
        said = _("%(name)s is no longer a manager.") % {"name": person.name}
    else:
        deed = partial(actions.appoint, standing.space, person, by=viewer)
        said = _("%(name)s is a manager now.") % {"name": person.name}
    return done(request, standing, deed, said)
