"""Addresses of sharing: the form, and what a share carries."""

from django.urls import path

from hallway.shares import views

app_name = "shares"

urlpatterns = [
    path("<int:pk>/share", views.share, name="share"),
    path("<int:pk>/shared", views.shared, name="shared"),
]
