"""Take a picture for an entry that is still being written, and show it to its owner."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hallway.core.http import viewer_of
from hallway.core.images import ImageRefused
from hallway.core.limits import TooFast, told
from hallway.core.storage import open_stored
from hallway.entries import access, actions
from hallway.entries.pictures import taken_in
from hallway.entries.views.image import shown


@require_POST
def send_ahead(request: HttpRequest) -> HttpResponse:
    """Keep the file `image`; the answer names its number, or says what is wrong with it."""
    viewer = viewer_of(request)
    file = request.FILES.get("image")
    if file is None:
        return JsonResponse({"error": _("Choose an image.")}, status=422)
    try:
        with taken_in([file], [], by=viewer) as images:
            row = actions.send_ahead(images[0], by=viewer)
    except (ImageRefused, TooFast) as error:
        return told(JsonResponse({"error": str(error)}, status=422), error)
    return JsonResponse({"upload": row.pk, "url": row.url}, status=201)


@require_safe
def kept(request: HttpRequest, pk: int) -> FileResponse:
    """A picture sent ahead, to who sent it."""
    row = get_object_or_404(access.uploads_of(viewer_of(request)), pk=pk)
    if not row.stored:
        raise Http404
    name = row.stored[min(row.stored, key=int)]
    return shown(open_stored(name), f"image-{pk}")
