"""Notifications as a Django app; their page of settings, and rows in the menus of entries."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "hallway.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put its page into the menu of settings, and the rows into those of entries."""
        from hallway.entries import menus
        from hallway.notifications.threads import menu_rows
        from hallway.people.settings_pages import SettingsPage, register

        register(
            SettingsPage(
                name="notifications:choices",
                icon="bell",
                title=_("Notifications"),
                about=_("What rings, and how much you hear of each space."),
                place=50,
            )
        )
        menus.register(menu_rows)
