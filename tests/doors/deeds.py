"""For each address that takes a form: somebody who may send it, and one that changes something."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from hallway.core.guarding import as_system
from hallway.guests.actions import invite_guest
from hallway.guests.models import today
from hallway.people.models import OrgUnit, Person
from hallway.people.models.person import FIRST_STEPS
from hallway.spaces.actions import ask
from hallway.townhalls.actions import ask as ask_question
from hallway.townhalls.actions.moderate import put_on_stage
from hallway.townhalls.models import Option
from tests.doors.deed import Deed, Form
from tests.doors.of_the_office import imported, looked_at, reported_unseen, ruled
from tests.doors.pushed import SUBSCRIPTION, elsewhere, takes_pushes
from tests.doors.routes import PUBLIC, routes
from tests.doors.securing import (
    SETTLED,
    asked_for_address,
    confirmed,
    first_code,
    office_confirmed,
    with_app,
    with_key,
    with_logo,
)
from tests.doors.story import Story
from tests.journeys.pictures import picture
from tests.world import PASSWORD

ROOM: Form = {"kind": "team", "openness": "open", "posting": "members", "hue_step": "3"}
NEW = "a wholly new one"
UNIT: Form = {"name": "Reinsurance", "kind": "team"}
GUEST: Form = {
    "email": "late@elsewhere.example",
    "name": "Late",
    "language": "en",
    "until": str(today() + timedelta(days=9)),
}
RHYTHM: Form = {"rhythm": "weekly", "hour": "9", "weekday": "2", "zone": "Europe/Berlin"}
LEAVING: Form = {"words": "keep", "password": PASSWORD}


def _asked(story: Story) -> Form:
    ask(story.rooms["closed"], by=story.world.cleo)
    return {}


def _elsewhere_cleo(story: Story) -> Form:
    """Cleo is signed in."""
    story.browser("cleo")
    return {}


def _visited(story: Story) -> Form:
    """Ben invited a guest."""
    day = today() + timedelta(days=3)
    guest = invite_guest(
        story.rooms["open"], "g@elsewhere.example", "G", day, by=story.world.ben, language="en"
    )
    return {"handle": guest.handle}


def _new_again(story: Story) -> Form:
    """Ada has taken no first step yet."""
    Person.objects.filter(pk=story.world.ada.pk).update(learnt="")
    return {}


def _empty_unit(story: Story) -> Form:
    """There is a unit to which nobody belongs."""
    return {"pk": OrgUnit.objects.create(name="Empty", parent=story.units["top"]).pk}


def _looked_through(story: Story) -> Form:
    """Rita had a table looked through."""
    table = SimpleUploadedFile("people.csv", b"email,name\nlate@company.example,Late\n")
    answer = story.world.confirmed(story.world.rita).post("/admin/people/import", {"file": table})
    return {"table": answer.context["token"]}


def _staged(story: Story) -> Form:
    put_on_stage(story.questions["open.asked"], by=story.world.ben)
    return {}


def _announcing(story: Story) -> Form:
    return {"space": story.rooms["open"].pk}


def _yes(story: Story) -> Form:
    with as_system("what stands on the page of the poll"):
        return {"option": Option.objects.filter(poll=story.polls["open.shown"])[0].pk}


def _same_words(story: Story) -> Form:
    into = ask_question(story.halls["open"], "Late, too?", by=story.world.ada)
    return {"into": into.pk, f"seen-{into.pk}": into.version}


PLANNED: Form = {
    "title": "Late hall",
    "date": "2099-03-02",
    "time": "14:30",
    "zone": "UTC",
    "minutes": "60",
    "hosts": "",
    "moderation": "after",
    "tokens": "0",
}
ASKED = "open.asked"

OF_HALLS: dict[str, Deed] = {
    "new": Deed("ben", PLANNED, more=_announcing),
    "edit": Deed("ben", PLANNED, hall="open"),
    "remind": Deed("ada", {"on": "1"}, hall="hall"),
    "ask": Deed("cleo", {"text": "Late question?"}, hall="open"),
    "edit-question": Deed("ada", {"text": "Late words?"}, question=ASKED),
    "withdraw-question": Deed("ada", question=ASKED),
    "vote": Deed("cleo", {"on": "1"}, question=ASKED),
    "cheer": Deed("cleo", {"kind": "clap"}, hall="open"),
    "choose": Deed("cleo", poll="open.shown", more=_yes),
    "open": Deed("rita", hall="hall"),
    "end": Deed("ben", hall="open"),
    "asking": Deed("ben", {"closed": "1"}, hall="open"),
    "polls": Deed("ben", {"text": "Late?", "options": "Yes\nNo"}, hall="open"),
    "poll-state": Deed("ben", {"state": "closed"}, poll="open.shown"),
    "release": Deed("ben", question="open.held"),
    "stage": Deed("ben", question=ASKED),
    "unstage": Deed("ben", question=ASKED, before=_staged),
    "answered": Deed("ben", question=ASKED),
    "reopen": Deed("ben", question="open.told"),
    "decline": Deed("ben", {"reason": "Late"}, question=ASKED),
    "merge": Deed("ben", question=ASKED, more=_same_words),
    "answer": Deed("ben", {"answer": "Late"}, question=ASKED),
    "follow-up": Deed("ben", {"outcome": "Late"}, question=ASKED),
}


def _picture(_: Story) -> Form:
    return {"image": SimpleUploadedFile("late.png", picture("teal").getvalue(), "image/png")}


def _waiting(story: Story) -> Form:
    return {"pk": story.scheduled}


def _in_a_month(_: Story) -> Form:
    return {"on": str(today() + timedelta(days=30)), "at": "14:30"}


DEEDS: dict[str, Deed] = {
    "entries:send-ahead": Deed("ada", more=_picture),
    "posts:write": Deed("ada", {"text": "Late", "space": "0"}),
    "comments:write": Deed("ben", {"text": "Late"}, entry="open.post"),
    "entries:react": Deed("cleo", {"kind": "like"}, entry="open.post"),
    "entries:save": Deed("ben", {"state": "on"}, entry="open.post"),
    "entries:move": Deed(
        "ben", entry="open.post", more=lambda story: {"space": story.rooms["closed"].pk}
    ),
    "scheduled:all": Deed("ada", {"text": "Late", "space": "0"}, more=_in_a_month),
    "scheduled:change": Deed(
        "ada", {"text": "Late", "space": "0"}, more=_in_a_month, before=_waiting
    ),
    "scheduled:publish": Deed("ada", before=_waiting),
    "scheduled:delete": Deed("ada", before=_waiting),
    "entries:pin": Deed("ben", {"state": "on"}, entry="open.post"),
    "shares:share": Deed("ada", {"text": "Late", "space": "0"}, entry="open.post"),
    "entries:report": Deed("cleo", {"reason": "Late"}, entry="open.post"),
    "entries:decide": Deed("ben", {"outcome": "kept"}, entry="open.post"),
    "entries:edit": Deed("ada", {"text": "Late"}, entry="open.post"),
    "entries:delete": Deed("ada", entry="open.post"),
    "entries:restore": Deed("ada", entry="open.deleted"),
    "people:follow": Deed("ben", handle="ada"),
    "people:unfollow": Deed("cleo", handle="ada"),
    "people:edit": Deed("ada", {"name": "Ada Late"}),
    "spaces:new": Deed("cleo", {**ROOM, "name": "Late room"}),
    "spaces:edit": Deed("ben", {**ROOM, "name": "Late room"}, room="open"),
    "spaces:rules": Deed("ben", {"ground": "title", "value": "Underwriter"}, room="open"),
    "spaces:end-rule": Deed("ben", room="open", before=ruled),
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
    "guests:invite": Deed("ben", GUEST, room="open"),
    "guests:prolong": Deed("ben", {"until": str(today() + timedelta(days=9))}, before=_visited),
    "stream:all-seen": Deed("ada"),
    **{f"stream:{step}": Deed("ada", before=_new_again) for step in (*FIRST_STEPS, "settled")},
    "stream:understood": Deed("ada", before=lambda _: {"name": "ask"}),
    "stream:space-seen": Deed("ada", room="open"),
    "stream:seen": Deed("cleo", room="open"),
    "notifications:choices": Deed("ada"),
    "notifications:levels": Deed("ada"),
    "outside:devices": Deed("ada", SUBSCRIPTION),
    "outside:end-device": Deed("ada", before=takes_pushes),
    "outside:mail": Deed("ada", RHYTHM),
    "notifications:read": Deed("ada"),
    "notifications:thread": Deed("ada", {"choice": "muted"}, entry="open.post"),
    "notifications:seen": Deed("ada", about="open.post"),
    **{f"townhalls:{name}": deed for name, deed in OF_HALLS.items()},
    "account_display": Deed("ada", {"language": "de", "theme": "dark"}),
    "account_theme": Deed("ada", {"theme": "dark"}),
    "account_change_password": Deed("ada", {"present": PASSWORD, "password": NEW, "again": NEW}),
    "account_end_others": Deed("ada", before=elsewhere),
    "account_end_session": Deed("ada", before=elsewhere),
    "account_invitations": Deed(
        "rita",
        {"email": "late@company.example", "name": "Late", "kind": "employee", "language": "en"},
    ),
    "account_resend": Deed("rita"),
    "account_withdraw": Deed("rita"),
    "account_deactivate": Deed("rita", handle="cleo"),
    "owndata:ask": Deed("ada"),
    "owndata:leave": Deed("ada", LEAVING),
    "owndata:leave-of": Deed("rita", LEAVING, handle="cleo"),
    "account_reactivate": Deed("rita", handle="dora"),
    "console:invite": Deed(
        "rita",
        {"people": "Late <late@company.example>", "kind": "employee", "language": "en"},
    ),
    "console:invite-waiting": Deed("rita", before=imported),
    "console:import-write": Deed("rita", more=_looked_through),
    "console:look": Deed("rita", before=reported_unseen),
    "console:report": Deed("rita", {"outcome": "kept"}, before=looked_at),
    "console:units": Deed("rita", UNIT),
    "console:unit": Deed("rita", UNIT, before=_empty_unit),
    "console:edit-unit": Deed("rita", UNIT, before=_empty_unit),
    "console:remove-unit": Deed("rita", before=_empty_unit),
    "console:administrator": Deed("rita", {"be": "yes"}, handle="cleo", before=office_confirmed),
    "console:settings": Deed("rita", SETTLED, before=office_confirmed),
    "console:settings-logo": Deed("rita", {"remove": "yes"}, before=with_logo),
    "console:sign-out": Deed("rita", handle="cleo", before=_elsewhere_cleo),
    "account_reset_factors": Deed("rita", handle="ada", before=with_app),
    "account_app": Deed("ada", more=first_code, before=with_key),
    "account_address": Deed("ada", {"email": "late@company.example"}, before=confirmed),
    "account_withdraw_address": Deed("ada", before=asked_for_address),
    "account_codes": Deed("ada", before=with_app),
    "account_remove": Deed("ada", before=with_app),
}

BY_SCRIPT = {"townhalls:tokens", "account_passkey_new"}
"""What takes no form but data; test_nameless.py and test_passkeys.py have it."""

OF_THE_SESSION = {"account_app_begin", "account_confirm", "account_passkey_ask"}
"""What prepares a deed and writes nothing but the session."""

LOOKS_ONLY = {"console:import"}
"""What looks through a table and writes nothing."""

LOOKS_FIRST = {
    "townhalls:new",
    "entries:move",
    "entries:decide",
    "console:report",
    "outside:end-device",
}
"""What asks before it begins where the person may do it, or for what went with their session."""

OF_THE_BROWSER = {"owndata:fetch"}
"""What hands out a file, and writes nothing."""


def taking_forms(story: Story) -> set[str]:
    """The names of all routes for signed-in people that answer a POST at all."""
    browser = story.browser("rita")
    return {
        route.name
        for route in routes()
        if route.name not in PUBLIC and browser.post(route.address()).status_code != 405
    }
