"""No page asks more of the database because it has more to show."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hallway.accounts.actions import invite as invite_person
from hallway.comments.actions import comment
from hallway.entries.actions import Draft, edit, react, report, save
from hallway.entries.pictures import taken_in
from hallway.notifications.reader import follower
from hallway.people.actions import add_person, change_day, change_profile, follow
from hallway.people.actions.days import Given
from hallway.people.models import OrgUnit, Person, PersonalDay
from hallway.posts.actions import publish_post
from hallway.scheduled.actions import schedule
from hallway.shares.actions import share
from hallway.spaces.actions import ask, create_space, invite, put_in
from hallway.townhalls.actions import Plan, announce, follow_up, open_doors, vote
from hallway.townhalls.actions import ask as hall_question
from hallway.townhalls.actions.poll import prepare
from tests.doors.routes import PUBLIC, routes
from tests.journeys.pictures import picture
from tests.world import World

pytestmark = pytest.mark.django_db

ROWS = 30
WITHOUT_LISTS = {
    "console:report",
    "console:look",
    "account_change_password",
    "account_deactivate",
    "account_reactivate",
    "account_settings",
    "account_security",
    "account_display",
    "account_confirm",
    "account_address",
    "account_app",
    "account_app_qr",
    "account_passkey_new",
    "owndata:overview",
    "owndata:leave",
    "owndata:leave-of",
    "entries:edit",
    "entries:menu",
    "entries:report",
    "scheduled:change",
    "scheduled:picture",
    "entries:move",  # one select of the spaces one has
    "shares:share",
    "shares:shared",
    "entries:decision",
    "stream:why",
    "stream:welcome",
    "entries:image",
    "entries:kept",
    "entries:send-ahead",
    "outside:mail",
    "outside:devices",  # of one session each
    "people:edit",
    "people:me",
    "people:photo",
    "people:cover",
    "people:qr",
    "posts:write",
    "spaces:about",
    "spaces:edit",
    "spaces:leave",
    "spaces:managers",  # only where no manager is left, see tests/spaces
    "spaces:new",
    "guests:invite",
    "hub:ticket",
    "townhalls:new",
    "townhalls:edit",
    "townhalls:anonymity",
    "townhalls:edit-question",  # of its asker
    "townhalls:qr",
}
"""Pages and answers about one thing, and deeds, which list nothing."""

OF_RITA = {
    "entries:decide",
    "account_invitations",
    *(
        f"console:{page}"
        for page in (
            *("overview", "people", "person", "spaces", "reports", "settings"),
            *("audit", "audit-csv"),
        )
    ),
    *("console:invite", "console:import", "console:units", "console:unit", "console:edit-unit"),
}


class Company:
    """The world, with one row more of everything at each `grow`."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.rows = 0
        self.unit = OrgUnit.objects.create(name="Common unit")
        Person.objects.filter(pk=world.ben.pk).update(unit=self.unit)
        world.ben.refresh_from_db()
        change_profile(world.ben, by=world.ben, skills=["Claims"])
        self.root = publish_post(
            Draft("The one everybody answers #common"), world.open, by=world.ben
        )
        plan = Plan(starts_at=timezone.now(), tokens=0)
        self.hall = announce(Draft("", title="Common hall"), plan, world.open, by=world.ben)
        self.question = hall_question(self.hall, "What do we have in common?", by=world.ada)
        self.poll = prepare(self.hall, "Common?", ["Yes", "No"], by=world.ben)
        open_doors(self.hall, by=world.ben)

    def grow(self) -> None:
        """One more colleague, space, post, comment, reaction, request, invitation, session."""
        self.rows += 1
        world, ben = self.world, self.world.ben
        one = self._colleague(manager=ben)
        put_in(world.open, one, by=ben)
        follow(one, by=ben)
        today = timezone.localdate()
        given = Given(today.month, today.day, is_shown=True)
        change_day(one, PersonalDay.Kind.BIRTHDAY, given, by=one)
        follow(ben, by=one)
        follow(world.ada, by=one)
        follow(one, by=world.ada)
        space = create_space(f"Common space {self.rows}", by=one, openness="open")
        put_in(space, ben, by=one)
        invite(create_space(f"Invited {self.rows}", by=one, openness="closed"), ben, by=one)
        create_space(f"Common to find {self.rows}", by=one, openness="open")
        ask(world.closed, "Let me in", by=one)
        invite(world.closed, self._colleague(manager=one), by=ben)
        OrgUnit.objects.create(name=f"Common team {self.rows}", parent=self.unit)
        # Pictures are costly to take in; a handful shows as well whether each costs a query.
        files = [picture("teal"), picture("navy")] if self.rows < 5 else []
        words = f"Common words {self.rows} #common #common{self.rows}"
        with taken_in(files, [], by=one) as images:
            post = publish_post(Draft(words, images=images), world.open, by=one)
        said = comment(Draft(f"Comment @ben {self.rows}"), post, by=one)
        comment(Draft("A reply"), said, by=ben)
        top = comment(Draft("Under the one"), self.root, by=one)
        comment(Draft("A reply there"), top, by=one)
        react(self.root, "like", by=one)
        react(post, "love", by=ben)
        save(post, True, by=ben)
        later = timezone.now() + timedelta(days=self.rows)
        schedule(Draft("Common"), world.open, later, by=ben)
        share(publish_post(Draft("Common"), world.closed, by=ben), Draft(""), world.open, by=ben)
        report(post, "Rude", by=world.ada)
        report(self.root, "Rude", by=one)
        save(said, True, by=ben)
        edit(self.root, title="", text=f"Edited {self.rows} #common", by=ben, edits=None)
        asked = hall_question(self.hall, f"What is common to {self.rows} of us?", by=one)
        vote(asked, True, by=ben)
        promise = {"owner": one, "due": None, "done": False, "by": ben}
        follow_up(asked, outcome=f"Common {self.rows}", **promise)  # type: ignore[arg-type]
        follow_up(self.question, outcome=f"Step {self.rows}", **promise)  # type: ignore[arg-type]
        prepare(self.hall, f"Common poll {self.rows}?", ["Yes", "No"], by=ben)
        plan = Plan(starts_at=timezone.now() + timedelta(days=self.rows), tokens=0, hosts=[one])
        announce(Draft("", title=f"Common hall {self.rows}"), plan, world.open, by=ben)
        invite_person(f"new{self.rows}@company.example", "", by=world.rita)
        world.browsers.pop(ben.pk, None)
        world.browser(ben)  # one more session
        follower().catch_up()

    def _colleague(self, *, manager: Person) -> Person:
        count = 1000 + Person.objects.count()
        one = add_person(f"c{count}@company.example", f"Common {count}", handle=f"common-{count}")
        Person.objects.filter(pk=one.pk).update(manager=manager, unit=self.unit)
        change_profile(one, by=one, skills=["Claims", f"Skill {count}"], location="Oslo")
        return one


def addresses(company: Company) -> dict[str, tuple[Person, str]]:
    """Every list of the installation, by the name of its route: who looks, and where."""
    world, root = company.world, company.root
    values = {"pk": root.pk, "slug": "open-room", "handle": "ben", "name": "common"}
    queries = {
        "people:directory": "?q=common",
        "people:complete": "?q=common",
        "site:search": "?q=common",
        "spaces:find": "?q=common",
        "spaces:invite": "?q=common",
        "spaces:complete": "?q=common",
        "spaces:complete-by-number": f"?q=common&space={world.open.pk}",
    }
    found = {}
    for route in routes():
        if route.name in PUBLIC | WITHOUT_LISTS:
            continue
        special: dict[str, object] = {}
        if route.name == "spaces:members":
            special = {"slug": "closed-room"}
        elif route.name in ("people:unit", "console:unit", "console:edit-unit"):
            special = {"pk": company.unit.pk}
        elif route.of_halls:
            special = {"pk": getattr(company, route.of_halls).pk}
        who = world.rita if route.name in OF_RITA else world.ben
        address = route.address(**values | special) + queries.get(route.name, "")
        found[route.name] = (who, address)
    found["stream:home of those one follows"] = (world.ben, "/?tab=following")
    found["people:directory unfiltered"] = (world.ben, "/people/")
    found["spaces:find unfiltered"] = (world.ben, "/spaces/")
    found["members of the open space"] = (world.ben, "/spaces/open-room/members")
    return found


def counts(company: Company, *, warm: bool) -> dict[str, int]:
    """How many queries each list takes, with the cards drawn already or not."""
    taken = {}
    for name, (who, address) in addresses(company).items():
        browser = company.world.confirmed(who)
        if warm:
            browser.get(address)
        else:
            caches["cards"].clear()
        with CaptureQueriesContext(connection) as queries:
            response = browser.get(address)
        if response.status_code != 405:
            assert response.status_code == 200, f"{name}: {address} answers {response.status_code}"
            taken[name] = len(queries)
    return taken


@pytest.mark.usefixtures("nothing_ages")
def test_thirty_rows_cost_the_queries_of_one(world: World) -> None:
    company = Company(world)
    company.grow()
    before = {warm: counts(company, warm=warm) for warm in (False, True)}
    for _ in range(ROWS - 1):
        company.grow()
    after = {warm: counts(company, warm=warm) for warm in (False, True)}
    # Not more, but it may be fewer: a search that finds little asks again for slips of the pen.
    grown = {
        (name, warm): (before[warm][name], count)
        for warm, found in after.items()
        for name, count in found.items()
        if count > before[warm][name]
    }
    assert not grown
    assert len(before[True]) > 20
    # Four of them for the town hall that is on air.
    assert before[True]["stream:home"] <= 16
