"""Addresses of guests."""

from django.urls import path, re_path

from hallway.guests import views
from hallway.people.models.person import HANDLE

app_name = "guests"
urlpatterns = [
    path("into/<slug:slug>", views.invite, name="invite"),
    re_path(rf"^(?P<handle>{HANDLE})/stay$", views.prolong, name="prolong"),
]
