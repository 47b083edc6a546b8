"""The menu beside each page of one's settings."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from hallway.people.settings_pages import pages_for

register = template.Library()


@register.inclusion_tag("site/_settings_menu.html", takes_context=True)
def settings_menu(context: Context) -> dict[str, Any]:
    """Draw the pages for the viewer, with the present one marked."""
    match = context["request"].resolver_match
    name = match.view_name if match else ""
    pages = pages_for(context["viewer"])
    here = next((page for page in pages if page.holds(name)), None)
    return {"pages": pages, "here": here}
