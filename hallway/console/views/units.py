"""The units of the company: the tree one level at a time, and what administrators do to it."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hallway.accounts.views.guard import administrators_only
from hallway.console.forms import NewUnitForm, UnitForm
from hallway.core.http import viewer_of
from hallway.people.actions import units as actions
from hallway.people.models import OrgUnit
from hallway.people.units import path_of


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def units(request: HttpRequest) -> HttpResponse:
    """The units at the top, and a form for another one."""
    return _level(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def within_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """The units directly below one, and a form for another one there."""
    return _level(request, get_object_or_404(OrgUnit, pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def edit_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Name and move one unit."""
    unit = get_object_or_404(OrgUnit, pk=pk)
    head = f"@{unit.head.handle}" if unit.head and unit.head.is_active else ""
    given = {"name": unit.name, "kind": unit.kind, "parent": unit.parent_id or "", "head": head}
    form = UnitForm(request.POST or None, initial=given, unit=unit, by=viewer_of(request))
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        try:
            actions.change_unit(
                unit, clean["name"], clean["kind"], clean["parent"], by=viewer_of(request)
            )
            actions.name_head(unit, clean["head"], by=viewer_of(request))
        except actions.UnitTaken:
            form.add_error("name", _("There is a unit of this name there already."))
        except actions.UnitBelowItself:
            form.add_error("parent", _("A unit cannot lie within itself."))
        else:
            messages.success(request, _("Saved."))
            return redirect("console:unit", pk)
    context = {"unit": unit, "path": path_of(unit), "form": form, "here_tab": "units"}
    status = 422 if request.method == "POST" else 200
    return render(request, "console/edit_unit.html", context, status=status)


@require_POST
@administrators_only
def remove_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an empty unit away."""
    unit = get_object_or_404(OrgUnit, pk=pk)
    try:
        actions.remove_unit(unit, by=viewer_of(request))
    except actions.UnitInUse:
        messages.warning(request, _("People or units belong to it. Move them first."))
        return redirect("console:unit", pk)
    messages.success(request, _("The unit is gone."))
    if unit.parent_id is None:
        return redirect("console:units")
    return redirect("console:unit", unit.parent_id)


def _level(request: HttpRequest, parent: OrgUnit | None) -> HttpResponse:
    form = NewUnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        clean = form.cleaned_data
        try:
            actions.add_unit(clean["name"], clean["kind"], parent, by=viewer_of(request))
        except actions.UnitTaken:
            form.add_error("name", _("There is a unit of this name there already."))
        else:
            return redirect(request.path)
    context: dict[str, Any] = {
        "unit": parent,
        "path": path_of(parent),
        "people": parent.people.filter(is_active=True).count() if parent else 0,
        "rows": _below(parent),
        "form": form,
        "here_tab": "units",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "console/units.html", context, status=status)


def _below(parent: OrgUnit | None) -> QuerySet[OrgUnit]:
    place = Q(parent=parent) if parent else Q(parent__isnull=True)
    active = Count("people", filter=Q(people__is_active=True), distinct=True)
    counted = OrgUnit.objects.filter(place).annotate(
        persons=active, parts=Count("children", distinct=True)
    )
    return counted.order_by("name", "pk")
