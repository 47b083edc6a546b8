"""The audit log: to read, to narrow, to take along as a table; there is no way to change it."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hallway.accounts.views.guard import administrators_only
from hallway.console import logbook
from hallway.console.forms import LogFilter
from hallway.core.csvfile import write
from hallway.core.http import viewer_of

PAGE = 50
MOST_IN_TABLE = 20_000
BATCH = 1_000


@require_safe
@administrators_only
def log(request: HttpRequest) -> HttpResponse:
    """What was done, the newest first; `before` is the last row of the page before."""
    form = LogFilter(request.GET)
    form.is_valid()
    rows = logbook.rows(form.cleaned_data)
    kept = {name: value for name, value in form.cleaned_data.items() if value}
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    more = {**kept, "before": found[PAGE - 1].pk} if len(found) > PAGE else {}
    context = {
        "form": form,
        "filtered": bool(kept),
        "lines": logbook.lines(viewer_of(request), found[:PAGE]),
        "older_url": f"?{urlencode(more)}" if more else "",
        "kept": urlencode(kept),
        "here_tab": "audit",
    }
    return render(request, "console/audit.html", context)


@require_safe
@administrators_only
def table(request: HttpRequest) -> HttpResponse:
    """The same as CSV that no spreadsheet takes for formulas: at most the newest 20,000 deeds."""
    form = LogFilter(request.GET)
    form.is_valid()
    return HttpResponse(
        "".join(write(_cells(request, form), logbook.COLUMNS)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="audit.csv"'},
    )


def _cells(request: HttpRequest, form: LogFilter) -> Iterator[tuple[object, ...]]:
    rows = logbook.rows(form.cleaned_data)
    last, left = None, MOST_IN_TABLE
    while left > 0:
        found = list((rows if last is None else rows.filter(pk__lt=last))[: min(BATCH, left)])
        for line in logbook.lines(viewer_of(request), found):
            yield line.cells
        if len(found) < BATCH:
            break
        last, left = found[-1].pk, left - len(found)
