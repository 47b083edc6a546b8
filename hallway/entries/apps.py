"""Entries as a Django app."""

from django.apps import AppConfig


class EntriesConfig(AppConfig):
    name = "hallway.entries"
    label = "entries"
    default_auto_field = "django.db.models.BigAutoField"
