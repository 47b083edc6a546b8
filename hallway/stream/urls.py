"""Addresses of streams."""

from django.urls import path

from hallway.stream import views

app_name = "stream"

urlpatterns = [
    path("", views.home, name="home"),
    path("settled", views.settled, name="settled"),
    path("beside", views.beside, name="beside"),
    path("saved", views.saved, name="saved"),
    path("e/<int:pk>/why", views.why, name="why"),
    path("tags/<str:name>", views.tag, name="tag"),
    path("seen", views.all_seen, name="all-seen"),
    path("spaces/<slug:slug>/all-seen", views.space_seen, name="space-seen"),
    path("spaces/<slug:slug>/seen", views.seen, name="seen"),
]
