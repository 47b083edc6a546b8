"""The ground floor as a Django app, for its templates and tags."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "hallway.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"
