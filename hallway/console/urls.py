"""Addresses of the pages of administrators; a deed on them is noted in the audit log."""

from django.urls import path, re_path

from hallway.console.views import (
    audit,
    company,
    inviting,
    overview,
    people,
    reports,
    spaces,
    units,
)
from hallway.console.views import importing as bringing
from hallway.people.models.person import HANDLE

app_name = "console"
PERSON = rf"^people/of/(?P<handle>{HANDLE})"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("people/", people.people, name="people"),
    path("people/invite", inviting.invite, name="invite"),
    path("people/invite-waiting", inviting.invite_waiting, name="invite-waiting"),
    path("people/import", bringing.bring, name="import"),
    path("people/import/write", bringing.write, name="import-write"),
    re_path(PERSON + "$", people.person, name="person"),
    re_path(PERSON + "/administrator$", people.administrator, name="administrator"),
    re_path(PERSON + "/sign-out$", people.sign_out, name="sign-out"),
    path("spaces/", spaces.spaces, name="spaces"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:pk>", reports.report, name="report"),
    path("reports/<int:pk>/look", reports.look, name="look"),
    path("units/", units.units, name="units"),
    path("units/<int:pk>", units.within_unit, name="unit"),
    path("units/<int:pk>/edit", units.edit_unit, name="edit-unit"),
    path("units/<int:pk>/remove", units.remove_unit, name="remove-unit"),
    path("settings", company.settle, name="settings"),
    path("settings/logo", company.logo, name="settings-logo"),
    path("audit/", audit.log, name="audit"),
    path("audit/table.csv", audit.table, name="audit-csv"),
]
