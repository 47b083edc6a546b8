"""The page on which one changes one's own profile: its forms, checked and written together."""

from typing import Any

from hallway.company.present import company
from hallway.people.days import kinds_shown
from hallway.people.days_form import DaysForm
from hallway.people.forms import ProfileForm
from hallway.people.links_form import LinksForm
from hallway.people.models import Person


class Editing:
    """The forms that `person` has for their profile; what the company switched off is not there."""

    def __init__(self, person: Person, data: Any = None, files: Any = None) -> None:
        self.profile = ProfileForm(person, data, files)
        self.links = LinksForm(person, data) if company().shows("links") else None
        # Days are shown to colleagues alone, so guests are not asked for theirs.
        self.days = DaysForm(person, data) if kinds_shown() and not person.is_guest else None
        self._forms = [each for each in (self.profile, self.links, self.days) if each is not None]

    def is_valid(self) -> bool:
        """Whether all of it can be written; all errors are shown, not only those of the first."""
        valid = [form.is_valid() for form in self._forms]
        return all(valid)

    def apply(self) -> None:
        """Write what was entered; call it when it is valid."""
        for form in self._forms:
            form.apply()

    @property
    def context(self) -> dict[str, Any]:
        """What the page is given."""
        return {"form": self.profile, "links": self.links, "days": self.days}
