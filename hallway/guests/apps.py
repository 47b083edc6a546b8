"""Guests as a Django app; shows on their profiles how long they stay."""

from django.apps import AppConfig


class GuestsConfig(AppConfig):
    name = "hallway.guests"
    label = "guests"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what profiles show, the mail of warning, and who does not come back so."""
        from hallway.guests import held
        from hallway.guests.mail import ENDING, ending
        from hallway.guests.sections import objection, stay_of
        from hallway.outbox.kinds import register
        from hallway.outbox.letters import mailed
        from hallway.people import departures, holdings, sections

        register(ENDING, mailed(ending))
        holdings.register(*held.HELD)
        sections.register(stay_of)
        departures.register_objection(objection)
