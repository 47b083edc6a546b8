"""The mark of tables whose rows let a person in; `end_access` empties each of them for a person."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models

if TYPE_CHECKING:
    from hallway.people.models import Person


class Credential(models.Model):
    """A row with which its `person` gets in or is reached: session, link, token, subscription.

    Every table of that sort inherits from this, on whichever floor it lives, and has a foreign
    key named `person`.
    """

    class Meta:
        abstract = True

    @classmethod
    def end_all(cls, person: "Person", *, by: int | None) -> None:  # noqa: ARG003
        """Delete all of `person`'s rows; called inside `writing()`. `by` is who does it."""
        cls._default_manager.filter(person=person).delete()  # type: ignore[misc]


def credential_models() -> list[type[Credential]]:
    """Return every table that lets people in, of all installed apps."""
    return [model for model in apps.get_models() if issubclass(model, Credential)]
