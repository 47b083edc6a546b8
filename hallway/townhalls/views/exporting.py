"""The questions of a town hall as a table and as data, for those who moderate it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from hallway.core.csvfile import write
from hallway.core.http import viewer_of
from hallway.townhalls import exporting
from hallway.townhalls.views.guarding import hall_or_404


@require_safe
def table(request: HttpRequest, pk: int) -> HttpResponse:
    """All questions as CSV that no spreadsheet takes for formulas."""
    hall = hall_or_404(request, pk, "moderate")
    rows = exporting.rows(viewer_of(request), hall)
    lines = write(([row[name] for name in exporting.COLUMNS] for row in rows), exporting.COLUMNS)
    return HttpResponse(
        "".join(lines),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="town-hall-{hall.pk}.csv"'},
    )


@require_safe
def data(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as JSON, with the hall they belong to."""
    hall = hall_or_404(request, pk, "moderate")
    document = exporting.document(viewer_of(request), hall)
    return JsonResponse(
        document,
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        headers={"Content-Disposition": f'attachment; filename="town-hall-{hall.pk}.json"'},
    )
