"""Addresses of streams."""

from django.urls import path

from hallway.stream import steps, views

app_name = "stream"

urlpatterns = [
    path("", views.home, name="home"),
    path("welcome", steps.begin, name="welcome"),
    path("welcome/about", steps.step, {"name": "about"}, name="about"),
    path("welcome/spaces", steps.step, {"name": "spaces"}, name="spaces"),
    path("welcome/people", steps.step, {"name": "people"}, name="people"),
    path("settled", steps.settled, name="settled"),
    path("tips/<str:name>", steps.understood, name="understood"),
    path("beside", views.beside, name="beside"),
    path("saved", views.saved, name="saved"),
    path("e/<int:pk>/why", views.why, name="why"),
    path("tags/<str:name>", views.tag, name="tag"),
    path("seen", views.all_seen, name="all-seen"),
    path("spaces/<slug:slug>/all-seen", views.space_seen, name="space-seen"),
    path("spaces/<slug:slug>/seen", views.seen, name="seen"),
]
