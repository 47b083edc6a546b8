"""One's own data as a Django app; its page of settings, and what every floor holds of a person."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OwnDataConfig(AppConfig):
    name = "hallway.owndata"
    label = "owndata"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put the page into the menu of settings; drop a farewell when somebody comes back."""
        from hallway.owndata import held
        from hallway.owndata.actions.leave import drop_farewell, erased_already
        from hallway.owndata.mail import register_mails
        from hallway.people import departures, holdings
        from hallway.people.settings_pages import SettingsPage, register

        holdings.register(*held.HELD)
        departures.register_return(drop_farewell)
        departures.register_objection(erased_already)
        register_mails()
        register(
            SettingsPage(
                name="owndata:overview",
                icon="database",
                title=_("My data"),
                about=_("Download all that is yours, or delete your account."),
                place=70,
                below=("owndata:leave",),
            )
        )
