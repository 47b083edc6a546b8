"""Spaces as a Django app; no space stays without a manager when somebody leaves the company."""

from django.apps import AppConfig


class SpacesConfig(AppConfig):
    name = "hallway.spaces"
    label = "spaces"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what happens when somebody's access ends, and when people and units move."""
        from hallway.people import departures, holdings, moving
        from hallway.spaces import held
        from hallway.spaces.actions import hand_over
        from hallway.spaces.actions.keep import keep_people, keep_person, keep_units

        holdings.register(*held.HELD)
        departures.register(hand_over)
        departures.register_return(keep_person)
        moving.register(keep_people, keep_units)
