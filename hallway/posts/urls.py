"""Addresses of posts."""

from django.urls import path

from hallway.posts import views

app_name = "posts"

urlpatterns = [path("", views.write, name="write")]
