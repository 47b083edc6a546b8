"""A field of profiles that is switched off is shown to nobody, asked of nobody, found by nobody."""

import pytest
from django.utils import timezone

from hallway.company.models import Company
from hallway.entries.actions import Draft
from hallway.people.actions import change_day, change_links, change_profile
from hallway.people.actions.days import Given
from hallway.people.held import HELD
from hallway.people.models import Person, PersonalDay
from hallway.stream.acquaintances import acquaintances
from hallway.townhalls.actions import Plan, announce, ask
from tests.company.test_settings import settle
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

ALL = Company.ProfileField.values
WORDS = (
    "cnrytown",
    "cnrytongue",
    "cnryskill",
    "cnryabout",
    "cnrylink",
    "12 May",
    "Here since",
    "Reports to",
)


@pytest.fixture
def told(world: World) -> World:
    """Ada has filled in everything, and reports to Ben; Cleo has the same skill."""
    change_profile(
        world.ada, by=world.ada, location="cnrytown", languages="cnrytongue", about="cnryabout",
        skills=["cnryskill"], manager=world.ben,
    )  # fmt: skip
    change_links(world.ada, [("cnrylink", "https://example.org")], by=world.ada)
    birthday, anniversary = PersonalDay.Kind
    change_day(world.ada, birthday, Given(5, 12, is_shown=True), by=world.ada)
    change_day(world.ada, anniversary, Given(4, 13, 2019, is_shown=True), by=world.ada)
    change_profile(world.cleo, by=world.cleo, skills=["cnryskill"])
    return world


def test_each_field_goes_by_itself_and_comes_back(told: World) -> None:
    browser = told.browser(told.rita)
    page = browser.get("/people/ada").content.decode()
    assert [word for word in WORDS if word not in page] == []
    fields = (
        "location",
        "languages",
        "skills",
        "about",
        "links",
        "birthdays",
        "anniversaries",
        "manager",
    )
    for field, word in zip(fields, WORDS, strict=True):
        settle(told, shown_fields=[each for each in ALL if each != field])
        page = browser.get("/people/ada").content.decode()
        assert [each for each in WORDS if each not in page] == [word]
    settle(told, shown_fields=ALL)
    page = browser.get("/people/ada").content.decode()
    assert [word for word in WORDS if word not in page] == []


def test_nobody_finds_by_them_and_nobody_is_asked_for_them(told: World) -> None:
    assert [each.person for each in acquaintances(told.cleo, 5) if "skill" in str(each.reasons)]
    settle(told, shown_fields=[])
    browser = told.browser(told.ada)
    for query in ("", "?location=cnrytown", "?skill=cnryskill"):
        page = browser.get(f"/people/{query}").content.decode()
        # Everybody, as if nothing had been asked for.
        assert "Ben Okafor" in page
        assert not any(word in page.replace(query[1:], "") for word in WORDS)
    assert browser.get("/people/ada/team").status_code == 404
    assert not any("skill" in str(each.reasons) for each in acquaintances(told.cleo, 5))
    form = browser.get("/people/me/edit").content.decode()
    assert not any(f'name="{field}"' in form for field in ALL)
    assert "link-address" not in form and "days-" not in form
    browser.post("/people/me/edit", {"name": "Ada L.", "location": "Elsewhere", "about": "Other"})
    ada = Person.objects.get(pk=told.ada.pk)
    assert (ada.name, ada.location, ada.about) == ("Ada L.", "cnrytown", "cnryabout")
    assert ada.skills.count() == ada.links.count() == 1
    assert ada.manager == told.ben
    profile = next(each for each in HELD if each.name == "profile")
    assert profile.told is not None
    [row] = profile.told(ada)
    assert row["shown_to_nobody"] == sorted(ALL)


def test_a_town_hall_does_not_say_where_somebody_works(told: World) -> None:
    plan = Plan(timezone.now(), hosts=[told.ben])
    hall = announce(Draft("All of it", title="Town hall"), plan, told.open, by=told.ben)
    ask(hall, "Why do we wait so long?", by=told.ada)
    browser = told.browser(told.ben)
    assert "cnrytown" in browser.get(hall.url).content.decode()
    settle(told, shown_fields=[])
    page = browser.get(hall.url).content.decode()
    assert "Why do we wait so long?" in page and "cnrytown" not in page
