"""What entries put onto the page of a space: word of what was reported, for who decides."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from hallway.core.http import viewer_of
from hallway.entries.reporting import decidable_by
from hallway.spaces.models import Space


def reported_in_space(request: HttpRequest, space: Space) -> SafeString:
    """How many reported entries wait for the viewer's decision; nothing where none do."""
    count = decidable_by(viewer_of(request), space).count()
    context = {"count": count, "space": space}
    return render_to_string("entries/_reported_note.html", context, request)
