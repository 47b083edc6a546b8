"""Reading one line about a person: cleaned, checked, and never guessed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hallway.company.present import company
from hallway.core.text import clean_line, clean_name
from hallway.people.actions.change import named_skills
from hallway.people.models import RESERVED_HANDLES, OrgUnit, Person
from hallway.people.models.person import HANDLE

REQUIRED = ("email", "name")
OPTIONAL = (
    "handle",
    "title",
    "unit",
    "department",
    "location",
    "language",
    "languages",
    "manager",
    "skills",
    "kind",
)
DEEPEST = 8

UnitPath = tuple[str, ...]


class BadLine(ValueError):
    """A line cannot be taken; `sentence` says why."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Line:
    """What one line says of one person; what it leaves empty is not in `fields`, or None."""

    number: int
    email: str
    handle: str
    kind: str
    language: str
    fields: dict[str, str]
    unit: UnitPath
    skills: dict[str, str] | None
    manager: str


def read_line(number: int, cells: Mapping[str, str]) -> Line:
    """Check one row of the table; raises BadLine."""
    email = read_email(cells["email"])
    name = clean_name(cells["name"])
    if not any(sign.isalnum() for sign in name):
        raise BadLine(_("the name is missing."))
    fields = {"name": name}
    for column in ("title", "location", "languages"):
        if text := clean_line(cells.get(column, "")):
            fields[column] = text
    for column, text in fields.items():
        limit = _longest(column)
        if len(text) > limit:
            raise BadLine(
                format_lazy(
                    _("{column} has more than {limit} characters."), column=column, limit=limit
                )
            )
    skills = cells.get("skills", "").split(";")
    return Line(
        number=number,
        email=email,
        handle=_handle(cells.get("handle", "")),
        kind=_kind(cells.get("kind", "")),
        language=_language(cells.get("language", "")),
        fields=fields,
        unit=_unit(cells.get("unit", "") or cells.get("department", "")),
        skills=named_skills(skills) or None,
        manager=read_email(cells["manager"]) if cells.get("manager") else "",
    )


def read_email(text: str) -> str:
    """An e-mail address as it is stored; raises BadLine."""
    address = clean_line(text).lower()
    if not address:
        raise BadLine(_("the e-mail address is missing."))
    try:
        validate_email(address)
    except ValidationError:
        raise BadLine(
            format_lazy(_("“{text}” is not an e-mail address."), text=address[:80])
        ) from None
    return address


def interface_language(code: str) -> str:
    """The language of the interface for who speaks `code`; the default one if we lack it."""
    settled = company()
    parts = (code, code.split("-")[0])
    return next((part for part in parts if part in settled.languages), settled.language)


def _longest(column: str) -> int:
    return getattr(Person._meta.get_field(column), "max_length", 0) or 0


def _handle(text: str) -> str:
    handle = text.strip().lstrip("@").lower()
    if handle and (not re.fullmatch(HANDLE, handle) or handle in RESERVED_HANDLES):
        raise BadLine(
            format_lazy(
                _("“{text}” cannot be a handle. Use a-z, 0-9, dots and hyphens."), text=text[:80]
            )
        )
    return handle


def _kind(text: str) -> str:
    kind = text.strip().lower()
    if kind and kind not in Person.Kind.values:
        raise BadLine(
            format_lazy(_("“{text}” is not a kind. Write employee or guest."), text=text[:80])
        )
    return kind


def _language(text: str) -> str:
    code = text.strip().lower().replace("_", "-")
    if code and not re.fullmatch(r"[a-z]{2,3}(-[a-z0-9]{2,8})?", code):
        raise BadLine(
            format_lazy(_("“{text}” is not a language code such as en or de."), text=text[:80])
        )
    return code


def _unit(text: str) -> UnitPath:
    names = tuple(name for part in re.split(r"\s/\s", text) if (name := clean_name(part)))
    longest = getattr(OrgUnit._meta.get_field("name"), "max_length", 0) or 0
    if len(names) > DEEPEST or any(len(name) > longest for name in names):
        raise BadLine(_("the unit has too many levels or too long a name."))
    return names
