"""Addresses of what somebody has scheduled."""

from django.urls import path

from hallway.scheduled import views

app_name = "scheduled"

urlpatterns = [
    path("scheduled", views.everything, name="all"),
    path("scheduled/<int:pk>", views.change, name="change"),
    path("scheduled/<int:pk>/publish", views.publish, name="publish"),
    path("scheduled/<int:pk>/delete", views.discard, name="delete"),
    path("scheduled/images/<int:pk>", views.picture, name="picture"),
]
