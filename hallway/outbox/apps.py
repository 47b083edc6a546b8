"""The outbox as a Django app."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "hallway.outbox"
    label = "outbox"
    default_auto_field = "django.db.models.BigAutoField"
