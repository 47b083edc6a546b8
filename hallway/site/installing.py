"""What a device needs to put Hallway on its home screen: a manifest, and the mark as pictures."""

from functools import lru_cache
from io import BytesIO
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw

from hallway.company.present import company
from hallway.site.colours import brand, paper, written

KEEP = "public, max-age=86400"
SIZES = (192, 512)
OF_APPLE = 180
FINER = 4
"""Drawn so much larger and made small again, so that the arch has no steps."""


@login_not_required
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """How devices show Hallway once installed, and that words can be shared with it."""
    hue = company().hue
    name = company().name
    content = {
        "id": "/",
        "name": name,
        "short_name": name,
        "lang": get_language(),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": written(paper()),
        "background_color": written(paper()),
        "icons": [_icon(hue, size, purpose) for size in SIZES for purpose in ("any", "maskable")],
        "shortcuts": [
            {"name": _("Write a post"), "url": reverse("posts:write")},
            {"name": _("Notifications"), "url": reverse("notifications:notices")},
        ],
        # By GET, so that it needs no token, changes nothing, and outlives signing in on the way.
        "share_target": {
            "action": reverse("posts:write"),
            "method": "GET",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }
    return JsonResponse(
        content, content_type="application/manifest+json", headers={"Cache-Control": KEEP}
    )


@login_not_required
@require_safe
def picture(request: HttpRequest, hue: int, size: int, maskable: bool = False) -> HttpResponse:
    """The mark in a company's colour, `size` pixels wide; maskable ones reach to the edges."""
    if hue > 360 or size not in (*SIZES, OF_APPLE):
        raise Http404
    body = draw(hue, size, maskable)
    return HttpResponse(body, content_type="image/png", headers={"Cache-Control": KEEP})


@lru_cache(maxsize=16)
def draw(hue: int, size: int, maskable: bool) -> bytes:
    """A PNG of the mark: a doorway in a square, which is rounded unless the device cuts it."""
    edge = size * FINER
    image = Image.new("RGBA", (edge, edge))
    pen = ImageDraw.Draw(image)
    colour = brand(hue)
    if maskable:
        pen.rectangle((0, 0, edge, edge), fill=colour)
    else:
        pen.rounded_rectangle((0, 0, edge - 1, edge - 1), radius=edge / 4, fill=colour)
    # A circle of four fifths is never cut off; the doorway stands in it, its step may be outside.
    unit = edge / (40 if maskable else 32)
    left, right, arch = edge / 2 - 6 * unit, edge / 2 + 6 * unit, edge / 2 + unit
    pen.ellipse((left, arch - 6 * unit, right - 1, arch + 6 * unit), fill="white")
    pen.rectangle((left, arch, right - 1, edge), fill="white")
    made = BytesIO()
    image.resize((size, size), Image.Resampling.LANCZOS).save(made, "PNG", optimize=True)
    return made.getvalue()


def _icon(hue: int, size: int, purpose: str) -> dict[str, Any]:
    name = "site:maskable" if purpose == "maskable" else "site:picture"
    return {
        "src": reverse(name, args=[hue, size]),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }
