"""The town hall in one's own calendar, and a word shortly before it begins."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hallway.core.http import viewer_of
from hallway.townhalls import actions, queries
from hallway.townhalls.calendar import calendar_of
from hallway.townhalls.views.loading import back, by_script, hall_or_404


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """A calendar file; read again after a change it moves the event that is there."""
    hall = hall_or_404(request, pk)
    (bill,) = queries.bills([hall])
    content = calendar_of(bill)
    disposition = f'attachment; filename="town-hall-{hall.pk}.ics"'
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": disposition},
    )


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Be reminded (`on=1`), or not any more (`on=0`)."""
    hall = hall_or_404(request, pk)
    on = request.POST.get("on") == "1"
    try:
        actions.remind(hall, on, by=viewer_of(request))
    except actions.NotAllowed as error:
        raise Http404 from error
    if not by_script(request):
        if on and hall.is_announced:
            messages.success(request, _("You will be told shortly before it begins."))
        else:
            messages.info(request, _("You will not be told before it begins."))
    return back(request, hall)
