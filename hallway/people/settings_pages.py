"""The pages of one's settings: each app that has some names them here, and one menu shows all."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from hallway.people.models import Person


def _everybody(viewer: Person) -> bool:
    return True


@dataclass(frozen=True)
class SettingsPage:
    """One entry of the menu of settings.

    `name` is the name of its address, `below` are those of the pages that belong to it. `icon` is
    written as a literal in an `apps.py`, where `frontend/build.mjs` looks for it. Pages stand in
    the order of `place`: 10 profile, 20 security, 30 sessions, 40 display, 50 notifications,
    60 mail, 70 my data, from 100 on what is for administrators.
    """

    name: str
    icon: str
    title: str | Promise
    about: str | Promise
    place: int
    below: tuple[str, ...] = ()
    shown: Callable[[Person], bool] = _everybody

    def holds(self, name: str) -> bool:
        """Whether the address called `name` is this page or one below it."""
        return name == self.name or name in self.below


_pages: dict[str, SettingsPage] = {}


def register(page: SettingsPage) -> None:
    """Show `page` in the menu of settings from now on; call it once, when the app is ready.

    Its template extends `site/settings.html`. What is not `shown` to somebody is only left out of
    the menu: the page itself must guard itself.
    """
    _pages[page.name] = page


def pages_for(viewer: Person) -> list[SettingsPage]:
    """Return the pages to offer to `viewer`, in their order; asks no database."""
    offered = (page for page in _pages.values() if page.shown(viewer))
    return sorted(offered, key=lambda page: page.place)
