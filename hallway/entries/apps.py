"""Entries as a Django app; puts word of reports onto the pages of spaces."""

from django.apps import AppConfig


class EntriesConfig(AppConfig):
    name = "hallway.entries"
    label = "entries"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what entries hold of a person; put word of reports onto the pages of spaces."""
        from hallway.entries import held
        from hallway.entries.sections import reported_in_space
        from hallway.people import holdings
        from hallway.spaces import sections

        holdings.register(*held.HELD)
        sections.register(reported_in_space)
