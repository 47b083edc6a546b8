"""What the frame of every page is given."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.safestring import SafeString

from hallway.company.models import Company as Settled
from hallway.company.present import company as settled
from hallway.core.masking import token
from hallway.core.text import MAX_SOURCE
from hallway.hub.views import ticket_for
from hallway.journal.position import START
from hallway.notifications.queries import unread_count
from hallway.people.models import Face, Person
from hallway.stream.menu import MenuSpace, menu_of
from hallway.townhalls.picture import bars_over

THEMES = ("auto", "light", "dark")
PLACES = {
    "stream": "home",
    "posts": "home",
    "people": "people",
    "spaces": "spaces",
    "townhalls": "townhalls",
    "notifications": "notifications",
}


@dataclass(frozen=True)
class Company:
    """What an installation looks like, and how much fits into a post."""

    name: str
    hue: int
    logo_url: str = ""
    longest_text: int = MAX_SOURCE


@dataclass
class Nav:
    """The menu of one viewer; read once per page, when it is first asked for."""

    request: HttpRequest
    viewer: Person
    here: str = ""
    space_id: int | None = None

    @cached_property
    def spaces(self) -> tuple[MenuSpace, ...]:
        """The viewer's spaces with their unread counts; as one value, by which it is drawn once."""
        return menu_of(self.request)

    @cached_property
    def on_air(self) -> list[SafeString]:
        """The bars of what is on air in the viewer's spaces; asks further only if there is."""
        halls = [n for space in self.spaces if space.halls for n in space.on_air]
        return bars_over(self.request, halls)

    @cached_property
    def face(self) -> Face:
        """The viewer as the frame shows them."""
        return self.viewer.face

    @cached_property
    def bell(self) -> int:
        """How many notifications are unread."""
        return unread_count(self.viewer)


@dataclass(frozen=True)
class Live:
    """What the page's screen tells the hub."""

    ticket: str
    position: str
    path: str = "/live"


def company() -> Company:
    """Name, hue and logo of this installation."""
    return drawn(settled())


def drawn(now: Settled) -> Company:
    """The company as pages show it; the address of the logo is another one for another logo."""
    logo = f"{reverse('site:logo')}?{now.version}" if now.has_logo else ""
    return Company(now.name, now.hue, logo, now.longest_text)


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the viewer, the menu, the live ticket, the theme and the nonce."""
    theme = request.COOKIES.get("theme", "auto")
    context: dict[str, Any] = {
        "company": company(),
        "theme": theme if theme in THEMES else "auto",
        "csp_nonce": getattr(request, "csp_nonce", ""),
        "csrf_token": SimpleLazyObject(lambda: token(request)),
        "request": request,
        "viewer": None,
    }
    viewer = getattr(request, "user", None)
    context["messages"] = get_messages(request)
    if isinstance(viewer, Person):
        match = request.resolver_match
        here = PLACES.get(match.namespace if match else "", "")
        if match and match.view_name == "stream:saved":
            here = "saved"
        locked = getattr(request, "locked", False)
        nav = Nav(request, viewer, here, getattr(request, "space_id", None))
        # Pages without cards say who reads, too: what one writes oneself is not counted as new.
        context["mine"] = getattr(request, "mine", None) or {
            "me": viewer.pk,
            "reactions": {},
            "saved": [],
        }
        context |= {
            "viewer": viewer,
            "theme": viewer.theme,
            "time_zone": viewer.time_zone,
            "locked": locked,
            "nav": None if locked else nav,
            "live": None if locked else SimpleLazyObject(lambda: live(request, nav)),
        }
    return context


def live(request: HttpRequest, nav: Nav) -> Live | None:
    """The ticket of this page: its own topics, the viewer's, and those of the menu."""
    position = getattr(request, "position", START)
    menu = [f"person:{nav.viewer.pk}", *(f"space:{space.id}" for space in nav.spaces)]
    ticket = ticket_for(request, getattr(request, "topics", []), position, known=menu)
    return Live(ticket, str(position)) if ticket else None
