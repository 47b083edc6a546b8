"""The pages of administrators as a Django app, without tables."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsoleConfig(AppConfig):
    name = "hallway.console"
    label = "console"

    def ready(self) -> None:
        """Show administrators the way in the menu of settings."""
        from hallway.people.settings_pages import SettingsPage, register

        register(
            SettingsPage(
                name="console:overview",
                icon="shield",
                title=_("Administration"),
                about=_("People and their access, spaces, and the audit log."),
                place=110,
                shown=lambda viewer: viewer.is_administrator,
            )
        )
