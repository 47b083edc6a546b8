"""Addresses of people."""

from django.urls import path

from hallway.people import views

app_name = "people"

urlpatterns = [
    path("", views.directory, name="directory"),
    path("complete", views.complete, name="complete"),
    path("me", views.me, name="me"),
    path("me/edit", views.edit, name="edit"),
    path("me/qr", views.qr, name="qr"),
    path("units/<int:pk>", views.unit, name="unit"),
    path("<str:handle>", views.person, name="person"),
    path("<str:handle>/team", views.team, name="team"),
    path("<str:handle>/followers", views.followers, name="followers"),
    path("<str:handle>/following", views.following, name="following"),
    path("<str:handle>/follow", views.follow, name="follow"),
    path("<str:handle>/unfollow", views.unfollow, name="unfollow"),
    path("<str:handle>/photo/<str:version>/<int:size>", views.photo, name="photo"),
    path("<str:handle>/cover/<str:version>/<int:size>", views.cover, name="cover"),
]
