"""Addresses of notifications."""

from django.urls import path

from hallway.notifications import views

app_name = "notifications"

urlpatterns = [
    path("", views.notices, name="notices"),
    path("read", views.read, name="read"),
    path("seen", views.seen, name="seen"),
]
