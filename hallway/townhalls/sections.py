"""What town halls put onto the page of a space: what came of the questions asked there."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from hallway.core.http import viewer_of
from hallway.spaces.models import Space
from hallway.townhalls.afterwards import you_asked

SHOWN = 2


def you_asked_in(request: HttpRequest, space: Space) -> SafeString:
    """“You asked, we did”: the questions last followed up in this space; nothing without any."""
    followed = you_asked(viewer_of(request), SHOWN, space)
    return render_to_string("townhalls/_you_asked.html", {"followed": followed})
