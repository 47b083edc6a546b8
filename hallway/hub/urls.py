"""Addresses of the hub that Django answers; the socket itself is at /live."""

from django.urls import path

from hallway.hub import views

app_name = "hub"

urlpatterns = [
    path("ticket", views.ticket, name="ticket"),
]
