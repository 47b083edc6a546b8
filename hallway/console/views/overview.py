"""How the installation is, on one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hallway.accounts.views.guard import administrators_only
from hallway.console import figures, health
from hallway.core.http import viewer_of


@require_safe
@administrators_only
def overview(request: HttpRequest) -> HttpResponse:
    """Numbers of people and spaces, and in words whether all is well."""
    context = {
        "figures": figures.of_people(),
        "spaces": figures.of_spaces(viewer_of(request)),
        "findings": health.findings(),
        "here_tab": "overview",
    }
    return render(request, "console/overview.html", context)
