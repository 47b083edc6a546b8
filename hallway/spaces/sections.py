"""What higher floors put onto the page of a space, such as its stream."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

from hallway.spaces.models import Space

Section = Callable[[HttpRequest, Space], SafeString]

_sections: list[Section] = []


def register(section: Section) -> None:
    """Draw `section` on every space's page from now on, below those registered before.

    Call it once, when the app is ready. `section(request, space)` is called only for a viewer
    who may read `space` and returns finished HTML.
    """
    if section not in _sections:
        _sections.append(section)


def sections(request: HttpRequest, space: Space) -> list[SafeString]:
    """Draw all registered sections for a viewer who may read `space`."""
    return [section(request, space) for section in _sections]
