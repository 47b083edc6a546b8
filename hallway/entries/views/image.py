"""Serve an image of an entry to those who may see the entry."""

from typing import IO

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from hallway.core.http import viewer_of
from hallway.core.storage import open_stored
from hallway.entries import access


@require_safe
def image(request: HttpRequest, pk: int, width: int) -> FileResponse:
    """The variant `width` of an image we encoded ourselves; anything else does not exist."""
    picture = get_object_or_404(access.images_to(viewer_of(request)), pk=pk)
    name = picture.stored.get(str(width))
    if name is None:
        raise Http404
    return shown(open_stored(name), f"image-{pk}")


def shown(file: IO[bytes], name: str) -> FileResponse:
    """Answer with `file`, a WebP picture of ours, in a way that lets it do nothing but be seen."""
    return FileResponse(
        file,
        content_type="image/webp",
        headers={
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "Content-Disposition": f'inline; filename="{name}.webp"',
        },
    )
