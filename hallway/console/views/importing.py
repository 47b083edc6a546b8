"""Bringing people from a table: first only looked through, then, if one wants, written."""

from typing import Any, BinaryIO, cast

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hallway.accounts.views.confirming import confirm_first
from hallway.accounts.views.guard import administrators_only
from hallway.console.forms import TableForm
from hallway.core.csvfile import CsvRefused
from hallway.core.http import viewer_of
from hallway.core.storage import erase_stored, open_stored, store
from hallway.people.importing import Report, import_people

SHOWN_BAD = 200
KEPT_SECONDS = 20 * 3600  # below the day after which the sweep erases what nothing names
SALT = "hallway.console.importing"


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
@confirm_first
def bring(request: HttpRequest) -> HttpResponse:
    """Take a table, write nothing, and say what would become of each line."""
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    file = form.cleaned_data["file"]
    try:
        report = import_people(file, dry_run=True)
    except CsvRefused as refused:
        form.add_error("file", str(refused.sentence))
        return _page(request, form)
    file.seek(0)
    token = signing.dumps([viewer_of(request).pk, store(file, ".csv")], salt=SALT)
    return _page(request, form, report=report, token=token, name=file.name[:100])


@require_POST
@administrators_only
@confirm_first
def write(request: HttpRequest) -> HttpResponse:
    """Write the people of a table that was looked through before."""
    try:
        who, stored = signing.loads(request.POST.get("table", ""), salt=SALT, max_age=KEPT_SECONDS)
        file = open_stored(stored) if who == viewer_of(request).pk else None
    except (signing.BadSignature, FileNotFoundError):
        file = None
    if file is None:
        messages.error(request, _("This table is no longer kept. Choose the file once more."))
        return redirect("console:import")
    with file:
        report = import_people(cast(BinaryIO, file), by=viewer_of(request))
    erase_stored(stored)
    done = {"new": report.new, "changed": report.changed}
    messages.success(request, _("%(new)d new, %(changed)d changed.") % done)
    return redirect("console:invite" if report.new else "console:people")


def _page(
    request: HttpRequest, form: TableForm, report: Report | None = None, **context: Any
) -> HttpResponse:
    context |= {"form": form, "report": report, "here_tab": "people"}
    if report is not None:
        context |= {"bad": report.bad[:SHOWN_BAD], "more_bad": max(0, len(report.bad) - SHOWN_BAD)}
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "console/import.html", context, status=status)
