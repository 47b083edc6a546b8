"""What higher floors put onto the page of a person, such as what they published."""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString

from hallway.people.models import Person

Section = Callable[[HttpRequest, Person], SafeString]

_sections: list[Section] = []


def register(section: Section) -> None:
    """Draw `section` on every profile from now on, below those registered before.

    Call it once, when the app is ready. `section(request, person)` is called only for a viewer
    who may see `person` and returns finished HTML.
    """
    if section not in _sections:
        _sections.append(section)


def sections(request: HttpRequest, person: Person) -> list[SafeString]:
    """Draw all registered sections for a viewer who may see `person`."""
    return [section(request, person) for section in _sections]
