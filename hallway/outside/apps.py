"""What is told outside as a Django app; its page of settings, and how digests are written."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OutsideConfig(AppConfig):
    name = "hallway.outside"
    label = "outside"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put its page into the menu of settings, and its mails into the outbox."""
        from hallway.notifications.channels import offer
        from hallway.notifications.telling import register as herald
        from hallway.outbox.kinds import register as send
        from hallway.outbox.letters import mailed
        from hallway.outside import held
        from hallway.outside.actions.devices import PUSH, owe_pushes
        from hallway.outside.digest.writing import DIGEST, digest
        from hallway.outside.push.sending import push
        from hallway.people import holdings
        from hallway.people.settings_pages import SettingsPage, register

        holdings.register(*held.HELD)
        register(
            SettingsPage(
                name="outside:mail",
                icon="mail",
                title=_("Mail and quiet hours"),
                about=_("How often you get a digest, and when you want to hear nothing."),
                place=60,
            )
        )
        send(DIGEST, mailed(digest))
        offer("mail")
        register(
            SettingsPage(
                name="outside:devices",
                icon="smartphone",
                title=_("Pushes to your devices"),
                about=_("Be told on this device, also while Hallway is closed."),
                place=65,
            )
        )
        send(PUSH, push)
        herald(owe_pushes)
        offer("push")
