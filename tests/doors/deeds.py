"""For each address that takes a form: somebody who may send it, and one that changes something."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from hallway.accounts.models import session_hash
from hallway.spaces.actions import ask
from tests.doors.routes import PUBLIC, Route, routes
from tests.doors.story import Story
from tests.world import PASSWORD

Form = dict[str, object]

ROOM: Form = {"kind": "team", "openness": "open", "posting": "members", "hue_step": "3"}
NEW = "a wholly new one"


@dataclass(frozen=True)
class Deed:
    """`who` sends `form` to the address of these things, after `before` has happened.

    `before` may say more of the address; `about` names an entry for the form instead.
    """

    who: str
    form: Form = field(default_factory=dict)
    room: str = ""
    entry: str = ""
    handle: str = ""
    about: str = ""
    before: Callable[[Story], Form] = lambda _: {}

    def address(self, story: Story, route: Route) -> str:
        """Where the form goes; makes what must be there before."""
        values: dict[str, Any] = {"handle": self.handle, "number": story.invitation}
        if self.room:
            values["slug"] = story.rooms[self.room].slug
        if self.entry:
            values["pk"] = story.entries[self.entry].pk
        return route.address(**{**values, **self.before(story)})

    def filled(self, story: Story) -> Form:
        """The form as it is sent."""
        return {**self.form, "entry": story.entries[self.about].pk} if self.about else self.form


def _asked(story: Story) -> Form:
    ask(story.rooms["closed"], by=story.world.cleo)
    return {}


def _elsewhere(story: Story) -> Form:
    """Ada is signed in on a second browser."""
    browser = Client()
    browser.force_login(story.world.ada)
    return {"handle": session_hash(browser.session.session_key or "")}


DEEDS: dict[str, Deed] = {
    "posts:write": Deed("ada", {"text": "Late", "space": "0"}),
    "comments:write": Deed("ben", {"text": "Late"}, entry="open.post"),
    "entries:react": Deed("cleo", {"kind": "like"}, entry="open.post"),
    "entries:edit": Deed("ada", {"text": "Late"}, entry="open.post"),
    "entries:delete": Deed("ada", entry="open.post"),
    "entries:restore": Deed("ada", entry="open.deleted"),
    "people:follow": Deed("ben", handle="ada"),
    "people:unfollow": Deed("cleo", handle="ada"),
    "people:edit": Deed("ada", {"name": "Ada Late"}),
    "spaces:new": Deed("cleo", {**ROOM, "name": "Late room"}),
    "spaces:edit": Deed("ben", {**ROOM, "name": "Late room"}, room="open"),
    "spaces:join": Deed("cleo", room="open"),
    "spaces:ask": Deed("cleo", room="closed"),
    "spaces:withdraw": Deed("cleo", room="closed", before=_asked),
    "spaces:decline": Deed("rita", room="ajar"),
    "spaces:leave": Deed("ada", room="open"),
    "spaces:answer": Deed(
        "ben", {"answer": "approve"}, room="closed", handle="cleo", before=_asked
    ),
    "spaces:role": Deed("ben", {"role": "manager"}, room="open", handle="ada"),
    "spaces:remove": Deed("ben", room="open", handle="ada"),
    "spaces:send": Deed("ben", room="open", handle="cleo"),
    "spaces:uninvite": Deed("ben", room="ajar", handle="rita"),
    "spaces:appoint": Deed("rita", room="hall", handle="ada"),
    "stream:seen": Deed("cleo", room="open"),
    "notifications:read": Deed("ada"),
    "notifications:seen": Deed("ada", about="open.post"),
    "account_settings": Deed("ada", {"language": "de"}),
    "account_change_password": Deed("ada", {"present": PASSWORD, "password": NEW, "again": NEW}),
    "account_end_others": Deed("ada", before=_elsewhere),
    "account_end_session": Deed("ada", before=_elsewhere),
    "account_invitations": Deed(
        "rita",
        {"email": "late@company.example", "name": "Late", "kind": "employee", "language": "en"},
    ),
    "account_resend": Deed("rita"),
    "account_withdraw": Deed("rita"),
    "account_deactivate": Deed("rita", handle="cleo"),
    "account_reactivate": Deed("rita", handle="dora"),
}

OF_THE_BROWSER = {"stream:settled"}
"""What sets a cookie and writes nothing."""


def taking_forms(story: Story) -> set[str]:
    """The names of all routes for signed-in people that answer a POST at all."""
    browser = story.browser("rita")
    return {
        route.name
        for route in routes()
        if route.name not in PUBLIC and browser.post(route.address()).status_code != 405
    }
