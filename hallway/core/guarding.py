"""The lock on content tables: read through the access rule, or for a stated reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)

_reason: ContextVar[str | None] = ContextVar("as_system_reason", default=None)


class UnguardedAccess(RuntimeError):
    """Content was read past the access rule without `as_system`; always a programming error."""


@contextmanager
def as_system(reason: str) -> Iterator[None]:
    """Open the guarded tables to code that acts for nobody in particular.

    `reason` says, for those who read the code, why the access rule does not apply: drawing a
    neutral card, writing a deed after it was allowed, trimming.
    """
    token = _reason.set(reason)
    try:
        yield
    finally:
        _reason.reset(token)


class Guarded(models.Manager[M]):
    """A manager that works inside `as_system` only; readers use an app's `access.visible_to`."""

    def get_queryset(self) -> models.QuerySet[M]:
        if _reason.get() is None:
            raise UnguardedAccess(
                f"{self.model.__name__} is content: load it through access.visible_to(viewer),"
                " or say why not with as_system(reason)."
            )
        return super().get_queryset()
