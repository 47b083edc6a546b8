"""Whom a space takes in by itself: those who fit, as long as they fit, and nobody who left."""

from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hallway.audit.models import Row
from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.hub.endings import ending_of
from hallway.journal.reader import position, read
from hallway.journal.verbs import Verb
from hallway.notifications.reader import follower
from hallway.people.actions import add_person, change_profile
from hallway.people.actions.units import change_unit
from hallway.people.importing import import_people
from hallway.people.models import OrgUnit, Person
from hallway.spaces.actions import (
    NotAllowed,
    add_rule,
    change_space,
    drop_rule,
    join,
    leave,
    put_in,
    set_role,
)
from hallway.spaces.actions.keep import TOLD_AT_ONCE, keep_people
from hallway.spaces.models import Membership, Rule, Space
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def units() -> tuple[OrgUnit, OrgUnit, OrgUnit]:
    """Claims with Motor in it, and Sales beside."""
    claims = OrgUnit.objects.create(name="Claims")
    return (
        claims,
        OrgUnit.objects.create(name="Motor", parent=claims),
        OrgUnit.objects.create(name="Sales"),
    )


def brought(person: Person, path: str) -> None:
    """The company says by a table in which unit somebody is."""
    import_people(BytesIO(f"email,name,unit\n{person.email},{person.name},{path}\n".encode()))
    person.refresh_from_db()


def members(space: Space) -> set[str]:
    with as_system("the test looks at the rows"):
        rows = Membership.objects.filter(space=space, person__is_active=True)
        return set(rows.values_list("person__handle", flat=True))


def test_people_come_and_go_with_their_unit_and_what_was_done_by_hand_stands(world: World) -> None:
    claims, motor, sales = units()
    brought(world.cleo, "Claims / Motor")
    brought(world.rita, "Claims")
    page = f"/spaces/open-room/rules?ground=unit&value={claims.pk}"
    ben = world.browser(world.ben)
    assert "This adds 2 people." in ben.get(page).content.decode()
    assert members(world.open) == {"ada", "ben"}  # looking changes nothing
    form = {"ground": "unit", "value": str(claims.pk), "next": "/spaces/open-room/rules"}
    assert ben.post("/spaces/open-room/rules", form).status_code == 302
    assert members(world.open) == {"ada", "ben", "cleo", "rita"}
    assert "Everybody in Claims and the units in it" in ben.get(form["next"]).content.decode()
    assert "by a rule" in ben.get("/spaces/open-room/members").content.decode()
    brought(world.cleo, "Sales")
    assert members(world.open) == {"ada", "ben", "rita"}
    brought(world.ada, "Claims")  # joined by hand, and stays so
    brought(world.ada, "Sales")
    assert members(world.open) == {"ada", "ben", "rita"}
    leave(world.open, by=world.rita)
    brought(world.rita, "Claims / Motor")
    assert members(world.open) == {"ada", "ben"}
    join(world.open, by=world.rita)
    brought(world.rita, "Sales")
    assert members(world.open) == {"ada", "ben", "rita"}
    new = add_person("new@company.example", "Newcomer", handle="new", unit=motor)
    assert "new" in members(world.open)
    set_role(world.open, new, "manager", by=world.ben)
    brought(new, "Sales")
    assert "new" in members(world.open)
    with writing():
        keep_people([world.gus.pk])
    change_unit(sales, "Sales", "team", claims, by=world.rita)
    assert members(world.open) == {"ada", "ben", "cleo", "new", "rita"}
    change_unit(sales, "Sales", "team", None, by=world.rita)
    with as_system("the test ends the rule"):
        rule = Rule.objects.get()
    brought(world.cleo, "Claims")
    ending = ben.get(f"/spaces/open-room/rules?end={rule.pk}").content.decode()
    assert "1 person who came by a rule goes." in ending
    assert ben.post(f"/spaces/open-room/rules/{rule.pk}/end").status_code == 302
    assert members(world.open) == {"ada", "ben", "new", "rita"}


def test_nobody_lets_themselves_into_what_is_not_open(world: World) -> None:
    claims, _, sales = units()
    ben, rita = world.browser(world.ben), world.browser(world.rita)
    address = "/spaces/secret-room/rules"
    for browser in (ben, rita):  # one manages, one administrates
        assert browser.get(address).status_code == 404
    with pytest.raises(NotAllowed):
        add_rule(world.secret, "unit", unit=claims, by=world.ben)
    put_in(world.secret, world.rita, by=world.ben, role="manager")
    page = rita.get(address).content.decode()
    assert 'value="title"' not in page
    with pytest.raises(ValueError, match="title"):
        add_rule(world.secret, "title", value="Underwriter", by=world.rita)
    assert rita.post(address, {"ground": "title", "value": "Underwriter"}).status_code == 422
    assert add_rule(world.secret, "unit", unit=claims, by=world.rita)
    assert Row.objects.filter(deed="rule.added", space_id=world.secret.pk).count() == 1
    change_profile(world.cleo, by=world.cleo, unit=claims)
    assert "cleo" not in members(world.secret)
    drop_rule(world.secret, _rule(world.secret).pk, by=world.rita)
    add_rule(world.secret, "unit", unit=claims, by=world.rita)
    assert "cleo" not in members(world.secret)
    brought(world.cleo, "Claims")
    assert "cleo" in members(world.secret)
    change_profile(world.cleo, by=world.cleo, unit=claims, title="Same unit")
    assert "cleo" in members(world.secret)
    change_profile(world.cleo, by=world.cleo, unit=sales)
    assert "cleo" not in members(world.secret)


def _rule(space: Space) -> Rule:
    with as_system("the test looks at the rule"):
        return Rule.objects.get(space=space)


def test_what_was_made_for_all_ends_when_a_space_closes_and_nobody_is_lost(world: World) -> None:
    add_rule(world.open, "title", value="Underwriter", by=world.ben)
    add_rule(world.open, "language", value="de", by=world.ben)
    assert not add_rule(world.open, "language", value="de", by=world.ben)
    assert "cleo" in members(world.open)
    change_profile(world.rita, by=world.rita, title="Underwriter")
    assert "rita" in members(world.open)
    change_profile(world.rita, by=world.rita, title="Boss")
    assert "rita" not in members(world.open)
    change_space(world.open, by=world.ben, openness="closed")
    change_profile(world.cleo, by=world.cleo, title="Boss", language="en")
    change_profile(world.rita, by=world.rita, title="Underwriter")
    assert members(world.open) == {"ada", "ben", "cleo"}


def _crowd(unit: OrgUnit, many: int, start: int) -> None:
    Person.objects.bulk_create(
        Person(
            email=f"{number}@crowd.example",
            handle=f"crowd-{number}",
            name=f"Crowd {number}",
            unit=unit,
            unit_confirmed=True,
        )
        for number in range(start, start + many)
    )


def test_a_crowd_costs_the_statements_of_a_few_and_the_hub_asks_about_all(world: World) -> None:
    claims, _, sales = units()
    _crowd(claims, 25, 0)
    _crowd(sales, 25 + TOLD_AT_ONCE, 1000)
    follower().begin_now()
    begun = position()
    taken = []
    for unit in (claims, sales):
        with CaptureQueriesContext(connection) as queries:
            add_rule(world.open, "unit", unit=unit, by=world.ben)
        taken.append(len(queries))
    # Of more than a journal row holds, one more row, and one more look for what they asked.
    assert taken[1] <= taken[0] + 5
    assert len(members(world.open)) == 2 + 50 + TOLD_AT_ONCE
    assert drop_rule(world.open, _rules(world.open)[1].pk, by=world.ben)
    assert len(members(world.open)) == 27
    ruled = [deed for deed in read(begun, 1000) if deed.verb == Verb.MEMBERS_RULED]
    assert [deed.detail["left"] for deed in ruled] == [False, False, False, True, True]
    assert len({one for deed in ruled for one in deed.detail["people"]}) == 50 + TOLD_AT_ONCE
    endings = [ending_of(deed, lambda _: [7]) for deed in ruled]
    assert endings[0] is None
    assert endings[-1] is not None
    assert endings[-1].doubted_topics == {f"space:{world.open.pk}", "hall:7", "desk:7"}
    follower().catch_up()


def _rules(space: Space) -> list[Rule]:
    with as_system("the test looks at the rules"):
        return list(Rule.objects.filter(space=space).order_by("pk"))
