"""Notifications as a Django app; their page of settings, and rows in the menus of entries."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "hallway.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put its page into the settings, its rows into menus, and what there is to decide."""
        from hallway.entries import menus
        from hallway.notifications import deciding, held
        from hallway.notifications.threads import menu_rows
        from hallway.people import holdings
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
        deciding.register(
            deciding.Source(
                "asked", _("Requests to join"), "notifications/_asked.html", deciding.asked
            )
        )
        deciding.register(
            deciding.Source(
                "invited", _("Invitations"), "notifications/_invited.html", deciding.invited
            )
        )
        deciding.register(
            deciding.Source(
                "reported", _("Reported"), "notifications/_reported.html", deciding.reported
            )
        )
        holdings.register(*held.HELD)
