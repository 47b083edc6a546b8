"""Addresses of entries; the page of a thread belongs to the comments."""

from django.urls import path

from hallway.entries import views

app_name = "entries"

urlpatterns = [
    path("<int:pk>/react", views.react, name="react"),
    path("<int:pk>/save", views.save, name="save"),
    path("<int:pk>/pin", views.pin, name="pin"),
    path("<int:pk>/move", views.move, name="move"),
    path("<int:pk>/edit", views.edit, name="edit"),
    path("<int:pk>/delete", views.delete, name="delete"),
    path("<int:pk>/restore", views.restore, name="restore"),
    path("<int:pk>/menu", views.menu, name="menu"),
    path("<int:pk>/history", views.history, name="history"),
    path("<int:pk>/reactions", views.reactions, name="reactions"),
    path("images", views.send_ahead, name="send-ahead"),
    path("images/kept/<int:pk>", views.kept, name="kept"),
    path("<int:pk>/report", views.report, name="report"),
    path("<int:pk>/decide", views.decide, name="decide"),
    path("<int:pk>/decision", views.decision, name="decision"),
    path("reported", views.reported, name="reported"),
    path("reported/<slug:slug>", views.reported, name="reported-in"),
    path("images/<int:pk>/<int:width>", views.image, name="image"),
]
