"""What higher floors put into the menu of an entry, such as following its conversation."""

from collections.abc import Callable

from django.http import HttpRequest

from hallway.entries.models import Entry

Part = Callable[[HttpRequest, Entry], str]

_parts: list[Part] = []


def register(part: Part) -> None:
    """Draw `part` in the menu of every entry from now on, below those registered before.

    Call it once, when the app is ready. `part(request, entry)` is called only for a viewer who may
    see `entry` and returns finished rows (`menu-row`), or "" where it has none.
    """
    if part not in _parts:
        _parts.append(part)


def parts(request: HttpRequest, entry: Entry) -> list[str]:
    """Draw all registered rows for a viewer who may see `entry`."""
    return [drawn for part in _parts if (drawn := part(request, entry))]
