"""The hub as a Django app."""

from django.apps import AppConfig


class HubConfig(AppConfig):
    name = "hallway.hub"
    label = "hub"
