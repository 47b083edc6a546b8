"""Addresses of one's own data."""

from django.urls import path, re_path

from hallway.owndata.views import data, leaving
from hallway.people.models.person import HANDLE

app_name = "owndata"

urlpatterns = [
    path("settings/data", data.overview, name="overview"),
    path("settings/data/ask", data.ask, name="ask"),
    path("settings/data/file", data.fetch, name="fetch"),
    path("settings/data/delete", leaving.own, name="leave"),
    path("accounts/left", leaving.left, name="left"),
    path("accounts/stay/<str:token>", leaving.keep, name="stay"),
    re_path(rf"^accounts/people/(?P<handle>{HANDLE})/erase$", leaving.of_somebody, name="leave-of"),
]
