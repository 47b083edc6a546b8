"""Streams as a Django app; puts them into the pages of spaces and people."""

from django.apps import AppConfig


class StreamConfig(AppConfig):
    name = "hallway.stream"
    label = "stream"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the sections."""
        from hallway.people import sections as people
        from hallway.spaces import sections as spaces
        from hallway.stream.sections import stream_of_person, stream_of_space

        people.register(stream_of_person)
        spaces.register(stream_of_space)
