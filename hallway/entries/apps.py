"""Entries as a Django app."""

from django.apps import AppConfig


class EntriesConfig(AppConfig):
    name = "hallway.entries"
    label = "entries"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what entries hold of a person."""
        from hallway.entries import held
        from hallway.people import holdings

        holdings.register(*held.HELD)
