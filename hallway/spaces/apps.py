"""Spaces as a Django app."""

from django.apps import AppConfig


class SpacesConfig(AppConfig):
    name = "hallway.spaces"
    label = "spaces"
    default_auto_field = "django.db.models.BigAutoField"
