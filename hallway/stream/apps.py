"""Streams as a Django app; puts them into pages of spaces and people, and a row into menus."""

from django.apps import AppConfig


class StreamConfig(AppConfig):
    name = "hallway.stream"
    label = "stream"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the sections and the row of menus."""
        from hallway.entries import menus
        from hallway.people import holdings
        from hallway.people import sections as people
        from hallway.spaces import sections as spaces
        from hallway.stream import held
        from hallway.stream.reasons import menu_row
        from hallway.stream.sections import stream_of_person, stream_of_space

        holdings.register(*held.HELD)
        people.register(stream_of_person)
        spaces.register(stream_of_space)
        menus.register(menu_row)
