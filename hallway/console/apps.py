"""The pages of administrators as a Django app, without tables."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsoleConfig(AppConfig):
    name = "hallway.console"
    label = "console"

    def ready(self) -> None:
        """Show administrators the way in the menu of settings, and what only they can decide."""
        from hallway.entries.office import stuck
        from hallway.notifications import deciding
        from hallway.people.settings_pages import SettingsPage, register

        deciding.register(
            deciding.Source(
                "reported-unseen",
                _("Reported where nobody else can decide"),
                "console/_behind_doors.html",
                lambda viewer, most: list(stuck(viewer).select_related("space")[:most]),
            )
        )
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
