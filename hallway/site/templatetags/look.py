"""Tags for what is drawn on every page: an icon, the time something happened, a count."""

from __future__ import annotations

from datetime import UTC, datetime

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from hallway.company import present

register = template.Library()

LOCALES = {"en": "en-GB"}
"""How the browser is to write moments: in English the day before the month, as we do."""


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw the lucide icon `name` from the sprite that `frontend/build.mjs` makes.

    Without `label` the icon is an ornament and hidden from screen readers: a text beside it says
    the same. With `label` it is an image of that name. Only names written as a literal in a
    template or in `frontend/src` are in the sprite.
    """
    address = f"{static('hallway/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>',
            label,
            address,
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', address)


@register.simple_tag
def stamp(moment: datetime | None) -> SafeString | str:
    """Say when `moment` (aware, or None for never) was.

    The page carries the moment in UTC, the same for every reader, so that a card can be drawn
    once; the `relative-time` element turns it into "12 min. ago" in the page's language and the
    reader's zone.
    """
    if moment is None:
        return ""
    utc = moment.astimezone(UTC)
    language = get_language() or settings.LANGUAGE_CODE
    return format_html(
        '<relative-time class="stamp" datetime="{}" threshold="P7D" prefix="" '
        'format-style="short" lang="{}">{} UTC</relative-time>',
        utc.isoformat(timespec="seconds").replace("+00:00", "Z"),
        LOCALES.get(language, language),
        date_format(utc, "DATETIME_FORMAT"),
    )


@register.simple_tag
def languages_offered() -> list[tuple[str, str]]:
    """Return code and own name of each language that is offered."""
    return present.languages_offered()


@register.simple_tag
def appointment(moment: datetime) -> SafeString:
    """Say when something to come begins, with the weekday and the zone.

    As with `stamp` the page carries the moment in UTC, the same for every reader, and the element
    writes it in the reader's zone and names that.
    """
    utc = moment.astimezone(UTC)
    language = get_language() or settings.LANGUAGE_CODE
    return format_html(
        '<relative-time class="stamp" datetime="{}" format="datetime" weekday="long" day="numeric" '
        'month="long" year="numeric" hour="numeric" minute="2-digit" time-zone-name="short" '
        'lang="{}">{} UTC</relative-time>',
        utc.isoformat(timespec="seconds").replace("+00:00", "Z"),
        LOCALES.get(language, language),
        date_format(utc, "DATETIME_FORMAT"),
    )


@register.filter
def clock(seconds: int) -> str:
    """Write a place in an event as on its clock: 04:12, or 1:04:12 after the first hour."""
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


@register.filter
def number(count: int) -> str:
    """Write `count` with the thousands separator of the page's language: 1,284 or 1.284."""
    return number_format(count, use_l10n=True, force_grouping=True)
