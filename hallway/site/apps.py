"""Site as a Django app."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "hallway.site"
    label = "site"
    default_auto_field = "django.db.models.BigAutoField"
