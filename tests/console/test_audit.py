"""No deed of an office without its row, no row without its deed, and no row is ever changed."""

import csv
import io

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client

from hallway.accounts.actions import Refused, deactivate, invite_all, make_administrator
from hallway.accounts.models import Session
from hallway.audit.models import Deed, Row
from hallway.audit.writer import note
from hallway.entries.actions import look, report
from hallway.journal.writer import NoTransaction
from hallway.people.importing import import_people
from hallway.people.models import OrgUnit, Person
from tests.doors.routes import OF_ADMINISTRATORS, routes
from tests.world import PASSWORD, World

pytestmark = pytest.mark.django_db
TABLE = b"email,name\nnew@company.example,New Colleague\n"


def looked_through(browser: Client) -> str:
    """The token of a table that was uploaded and looked through."""
    file = SimpleUploadedFile("people.csv", TABLE)
    return str(browser.post("/admin/people/import", {"file": file}).context["token"])


FORMS: dict[str, dict[str, str]] = {
    "console:invite": {
        "people": "Zoe New <zoe@company.example>",
        "kind": "employee",
        "language": "en",
    },
    "console:invite-waiting": {},
    "console:import-write": {"table": ""},
    "console:units": {"name": "Claims", "kind": "team"},
    "console:unit": {"name": "Claims", "kind": "team"},
    "console:edit-unit": {"name": "Claims", "kind": "team"},
    "console:remove-unit": {},
    "console:look": {},
    "console:report": {"outcome": "kept"},
    "console:administrator": {"be": "yes"},
    "console:sign-out": {},
    "console:settings": {
        "seen": "0",
        "name": "Nordlicht",
        "hue": "250",
        "languages": "en",
        "language": "en",
        "second_step": "nobody",
        "shown_fields": "about",
        "joining": "invited",
        "largest_picture": "15",
        "longest_text": "20000",
    },
    "console:settings-logo": {"remove": "yes"},
    "account_invitations": {
        "email": "late@company.example",
        "name": "Late",
        "kind": "employee",
        "language": "en",
    },
    "account_resend": {},
    "account_withdraw": {},
    "account_deactivate": {},
    "account_reactivate": {},
    "account_reset_factors": {},
    "owndata:leave-of": {"words": "keep", "password": PASSWORD},
}
"""What is sent to every address of administrators that does something."""

WRITES_NOTHING = {"console:import"}
"""What only looks through a table."""


def test_no_deed_of_administrators_is_forgotten(world: World) -> None:
    browser = world.confirmed(world.rita)
    waiting = Person.objects.create(email="w@company.example", handle="w", name="W")
    waiting.set_unusable_password()
    waiting.save()
    Authenticator.objects.create(user=world.ben, type=Authenticator.Type.TOTP, data={})
    unit = OrgUnit.objects.create(name="Empty")
    unseen = world.post(world.secret, "Hush", by=world.ada)
    report(unseen, "Rude", by=world.ben)
    left = set(FORMS)
    for route in routes():
        if route.name not in OF_ADMINISTRATORS or route.name in WRITES_NOTHING:
            continue
        handle = "dora" if route.name == "account_reactivate" else "ben"
        number = 0
        if "number" in route.needs:
            list(invite_all(by=None))
            number = waiting.invitation.pk
            waiting.refresh_from_db()
        form = dict(FORMS.get(route.name, {}))
        if "table" in form:
            form["table"] = looked_through(browser)
        place = transaction.savepoint()
        about = unit.pk
        if route.name in ("console:look", "console:report"):
            about = unseen.pk
        if route.name == "console:report":
            look(unseen.pk, by=world.rita)
        before = Row.objects.count()
        answer = browser.post(route.address(handle=handle, number=number, pk=about), form)
        if answer.status_code == 405:
            assert route.name not in FORMS
            continue
        assert route.name in FORMS, f"{route.name} does something: say here what is sent to it"
        assert answer.status_code in (200, 302), route.name
        rows = Row.objects.order_by("-pk")[: Row.objects.count() - before]
        assert rows, f"{route.name} left no row in the audit log"
        assert {row.by_id for row in rows} == {world.rita.pk}
        left.discard(route.name)
        transaction.savepoint_rollback(place)
    assert not left


def test_a_row_is_never_changed_and_needs_a_transaction(world: World) -> None:
    deactivate(world.cleo, by=world.rita)
    row = Row.objects.get(deed=Deed.PERSON_DEACTIVATED)
    assert (row.by_id, row.person_id) == (world.rita.pk, world.cleo.pk)
    with pytest.raises(DatabaseError, match="only added to"), transaction.atomic():
        Row.objects.update(by_id=world.ben.pk)
    row.refresh_from_db()
    assert row.by_id == world.rita.pk


@pytest.mark.django_db(transaction=True)
def test_a_row_needs_the_transaction_of_its_deed() -> None:
    with pytest.raises(NoTransaction):
        note(Deed.SESSIONS_ENDED, by=None)


def test_what_was_refused_left_no_row(world: World) -> None:
    with pytest.raises(Refused):
        deactivate(world.rita, by=world.rita)
    browser = world.confirmed(world.rita)
    browser.post("/admin/people/of/gus/administrator", {"be": "yes"})
    browser.post("/admin/people/of/rita/administrator", {"be": "no"})
    assert not Row.objects.exists()
    world.rita.refresh_from_db()
    assert world.rita.is_administrator


def test_commands_on_the_server_appear_too(world: World) -> None:
    import_people(io.BytesIO(TABLE))
    import_people(io.BytesIO(TABLE), dry_run=True)
    make_administrator(world.ben.email, "Ben", "a long password")
    found = Row.objects.order_by("pk").values_list("deed", "source", "number")
    assert list(found) == [
        ("people.added", "server", 1),
        ("administrator.made", "server", None),
    ]
    page = world.browser(world.rita).get("/admin/audit/?source=server").content.decode()
    assert "on the server" in page and "Ben Okafor" in page


def test_the_table_of_the_log_holds_no_formulas_and_no_secret_name(world: World) -> None:
    Person.objects.filter(pk=world.ada.pk).update(name="=HYPERLINK(1)")
    browser = world.browser(world.rita)
    browser.post("/admin/people/of/ada/sign-out")
    with transaction.atomic():
        note(Deed.MANAGER_APPOINTED, by=world.rita.pk, space=world.secret.pk)
    answer = browser.get("/admin/audit/table.csv")
    text = answer.content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["person"] for row in rows] == ["", "'=HYPERLINK(1)"]
    assert rows[0]["space"] == str(world.secret.pk)
    assert "Secret room" not in browser.get("/admin/audit/").content.decode()
    only = browser.get("/admin/audit/table.csv?who=ada").content.decode("utf-8-sig")
    assert len(only.splitlines()) == 2


def test_signing_somebody_out_ends_their_sessions(world: World) -> None:
    ada, rita = world.browser(world.ada), world.browser(world.rita)
    assert ada.get("/").status_code == 200
    rita.post("/admin/people/of/ada/sign-out")
    assert ada.get("/").status_code == 302
    assert not Session.objects.filter(person=world.ada).exists()
