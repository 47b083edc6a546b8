"""Addresses of conversations."""

from django.urls import path

from hallway.comments import views

app_name = "comments"

urlpatterns = [
    path("<int:pk>", views.entry, name="entry"),
    path("<int:pk>/comments", views.write, name="write"),
]
