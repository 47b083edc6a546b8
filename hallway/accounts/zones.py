"""The time zones one can choose from, by the names people know them by."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

AREAS = (
    *("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic"),
    *("Australia", "Europe", "Indian", "Pacific"),
)


def zone_choices() -> list[tuple[str, Any]]:
    """The choices of a field: the device's own zone, UTC, then all others by area."""
    return [("", _("That of this device")), ("UTC", "UTC"), *_by_area()]


@cache
def _by_area() -> tuple[tuple[str, list[tuple[str, str]]], ...]:
    # The areas are those of the database of zones, in which each is named after a city.
    names = sorted(available_timezones())
    return tuple(
        (
            area,
            [
                (name, name.partition("/")[2].replace("_", " "))
                for name in names
                if name.startswith(f"{area}/")
            ],
        )
        for area in AREAS
    )
