"""The page of one's data, and fetching it."""

from allauth.core.ratelimit import consume_or_429
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from hallway.core.http import viewer_of
from hallway.core.storage import open_stored
from hallway.owndata.actions import ask_for_download
from hallway.owndata.forms import ConfirmForm
from hallway.owndata.models import Download


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Ask for one's data, fetch it, or go."""
    return _page(request, ConfirmForm(person=viewer_of(request)))


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Let the worker make the archive."""
    ask_for_download(viewer_of(request))
    return redirect("owndata:overview")


@sensitive_post_parameters()
@require_POST
def fetch(request: HttpRequest) -> HttpResponse | FileResponse:
    """The archive, for who gives their password once more, and nobody else."""
    viewer = viewer_of(request)
    refused = consume_or_429(request, action="change_password")
    if refused:
        return refused  # type: ignore[no-any-return]
    download = _ready(viewer.pk)
    if download is None:
        raise Http404
    form = ConfirmForm(request.POST, person=viewer)
    if not form.is_valid():
        return _page(request, form)
    name = f"{viewer.handle}-{download.ready_at:%Y-%m-%d}.zip"
    return FileResponse(
        open_stored(download.stored),
        as_attachment=True,
        filename=name,
        content_type="application/zip",
        headers={"Content-Security-Policy": "sandbox; default-src 'none'"},
    )


def _ready(person: int) -> Download | None:
    return Download.objects.filter(
        person=person, expires_at__gt=timezone.now(), ready_at__isnull=False
    ).first()


def _page(request: HttpRequest, form: ConfirmForm) -> HttpResponse:
    viewer = viewer_of(request)
    waiting = Download.objects.filter(person=viewer, ready_at__isnull=True).first()
    context = {"form": form, "waiting": waiting, "ready": _ready(viewer.pk)}
    status = 422 if request.method == "POST" else 200
    return render(request, "owndata/data.html", context, status=status)
