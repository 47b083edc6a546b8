"""Comments as a Django app."""

from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "hallway.comments"
    label = "comments"
