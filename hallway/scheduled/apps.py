"""Scheduled posts as a Django app."""

from django.apps import AppConfig


class ScheduledConfig(AppConfig):
    name = "hallway.scheduled"
    label = "scheduled"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what it holds of a person."""
        from hallway.people import holdings
        from hallway.scheduled import held

        holdings.register(*held.HELD)
