"""Spaces as a Django app; no space stays without a manager when somebody leaves the company."""

from django.apps import AppConfig


class SpacesConfig(AppConfig):
    name = "hallway.spaces"
    label = "spaces"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what happens when somebody's access ends."""
        from hallway.people import departures, holdings
        from hallway.spaces import held
        from hallway.spaces.actions import hand_over

        holdings.register(*held.HELD)
        departures.register(hand_over)
