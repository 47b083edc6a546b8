"""The script that runs beside the pages, with the versions of what it keeps for offline."""

import json
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles.finders import find
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from hallway.company.present import company

SCRIPT = "hallway/sw.js"
FILES = ("hallway/app.css", "hallway/app.js", "hallway/outbox.js", "hallway/icons.svg")
FONT = "hallway/fonts/inter-latin.woff2"
"""The style sheet names it by its bare address, so its digest only stands in the version."""


@login_not_required
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The worker: at the root, because it works for the whole site.

    Browsers ask for it again by themselves; it must never be an old one. What it keeps is listed
    in front of it, so that a new version of anything is a new worker.
    """
    body = f"self.SHELL={json.dumps(_shell())};\n".encode() + _script()
    headers = {"Cache-Control": "no-cache", "ETag": f'"{sha256(body).hexdigest()[:16]}"'}
    return HttpResponse(body, content_type="text/javascript; charset=utf-8", headers=headers)


@login_not_required
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown where nothing can be reached; the same for everybody, kept by the worker."""
    request.user = AnonymousUser()
    return render(request, "site/offline.html")


def _shell() -> dict[str, object]:
    files = [*map(static, FILES), reverse("site:brand", args=[company().hue])]
    digest = sha256("\n".join([*files, static(FONT)]).encode()).hexdigest()[:16]
    font = static(FONT).partition("?")[0]
    return {"name": f"shell-{digest}", "files": [*files, font], "page": reverse("site:offline")}


@cache
def _script() -> bytes:
    path = find(SCRIPT)
    if path is None:
        raise Http404
    return Path(path).read_bytes()
