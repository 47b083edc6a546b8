"""What holds for the whole company as a Django app."""

from django.apps import AppConfig


class CompanyConfig(AppConfig):
    name = "hallway.company"
    label = "company"
    default_auto_field = "django.db.models.BigAutoField"
