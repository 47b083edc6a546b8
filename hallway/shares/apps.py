"""Shares as a Django app; a row in the menus of entries, and what fills their cards."""

from django.apps import AppConfig


class SharesConfig(AppConfig):
    name = "hallway.shares"
    label = "shares"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the row, and who puts the shared entry into a card for its reader."""
        from hallway.entries import kinds, menus
        from hallway.shares.cards import filled
        from hallway.shares.views import menu_row

        kinds.register_filler("share", filled)
        menus.register(menu_row)
