"""Accounts as a Django app; its pages of settings."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "hallway.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put its pages into the menu of settings, and say how mails about access are written."""
        from hallway.accounts import address_mail, held
        from hallway.accounts.mail import register_mails
        from hallway.people import holdings
        from hallway.people.settings_pages import SettingsPage, register

        holdings.register(*held.HELD)
        register(
            SettingsPage(
                name="account_security",
                icon="shield-check",
                title=_("Account and security"),
                about=_("Your address, your password, and how you sign in."),
                place=20,
                below=(
                    "account_change_password",
                    "account_confirm",
                    "account_address",
                    "account_app",
                    "account_codes",
                    "account_passkey_new",
                ),
            )
        )
        register(
            SettingsPage(
                name="account_sessions",
                icon="monitor-smartphone",
                title=_("Where you are signed in"),
                about=_("Your browsers and telephones. Sign out on any of them."),
                place=30,
            )
        )
        register(
            SettingsPage(
                name="account_display",
                icon="languages",
                title=_("Language and display"),
                about=_("Language, time zone and colours, the same on all your devices."),
                place=40,
            )
        )
        register(
            SettingsPage(
                name="account_invitations",
                icon="user-plus",
                title=_("Invite people"),
                about=_("Mail new colleagues and guests their way in."),
                place=100,
                shown=lambda viewer: viewer.is_administrator,
            )
        )
        register_mails()
        address_mail.register_mails()
