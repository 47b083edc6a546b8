"""Addresses of notifications."""

from django.urls import path

from hallway.notifications.views import choosing, deciding, following, reading

app_name = "notifications"

urlpatterns = [
    path("notifications/", reading.notices, name="notices"),
    path("notifications/decide", deciding.decide, name="decide"),
    path("notifications/read", reading.read, name="read"),
    path("notifications/seen", reading.seen, name="seen"),
    path("settings/notifications", choosing.choices, name="choices"),
    path("settings/notifications/spaces", choosing.levels, name="levels"),
    path("notifications/threads/<int:pk>", following.thread, name="thread"),
]
