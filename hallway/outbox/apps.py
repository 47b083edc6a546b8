"""The outbox as a Django app."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "hallway.outbox"
    label = "outbox"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say what the outbox holds of a person."""
        from hallway.outbox import held
        from hallway.people import holdings

        holdings.register(*held.HELD)
