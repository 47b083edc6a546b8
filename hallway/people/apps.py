"""People as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "hallway.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the profile into the menu of settings."""
        from hallway.people import held, holdings, settings_pages

        holdings.register(*held.HELD)

        settings_pages.register(
            settings_pages.SettingsPage(
                name="people:edit",
                icon="circle-user-round",
                title=_("Profile"),
                about=_("Your name, photo, unit, skills and what you say about yourself."),
                place=10,
            )
        )
