"""How moments, searches and the pages of newcomers read."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from hallway.people.actions import add_person, follow
from hallway.people.models import Person
from tests.world import World

FIRST_OF_MARCH = datetime(2026, 3, 1, 12, tzinfo=UTC)
MOMENT = datetime(2026, 11, 23, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "words", "locale"),
    [("en", "23 November 2026, 11:30 UTC", "en-GB"), ("de", "23. November 2026, 11:30 UTC", "de")],
)
def test_a_moment_has_its_day_first_and_its_time(language: str, words: str, locale: str) -> None:
    with translation.override(language):
        drawn = Template("{% load look %}{% stamp at %}").render(Context({"at": MOMENT}))
    assert f">{words}</relative-time>" in drawn
    assert f'lang="{locale}"' in drawn
    assert 'format-style="short"' in drawn


@pytest.mark.parametrize(("language", "day"), [("en", "1 March 2026"), ("de", "1. März 2026")])
def test_a_day_is_written_day_first(language: str, day: str) -> None:
    with translation.override(language):
        drawn = Template('{{ at|date:"DATE_FORMAT" }}').render(Context({"at": FIRST_OF_MARCH}))
    assert drawn == day


@pytest.mark.django_db
def test_a_search_without_result_says_what_is_searched(world: World) -> None:
    page = world.browser(world.ada).get("/search?q=xyzzy").content.decode()
    assert "Names of people, spaces and tags are searched" in page
    found = world.browser(world.ada).get("/search?q=ben").content.decode()
    assert "are searched, not the words" not in found
    people = world.browser(world.ada).get("/people/?q=xyzzy").content.decode()
    assert "skills, units and locations have filters of their own" in people


@pytest.mark.django_db
def test_filters_wait_behind_one_field_until_they_are_used(world: World) -> None:
    browser = world.browser(world.ada)
    assert '<details class="more-fields">' in browser.get("/people/").content.decode()
    assert '<details class="more-fields" open>' in browser.get("/people/?skill=x").content.decode()
    assert '<details class="more-fields">' in browser.get("/spaces/").content.decode()
    assert (
        '<details class="more-fields" open>' in browser.get("/spaces/?kind=team").content.decode()
    )


WELCOME = 'class="card welcome"'


def newcomer() -> Person:
    """Somebody the company has just added."""
    return add_person("nia@company.example", "Nia Obi", handle="nia")


@pytest.mark.django_db
def test_a_newcomer_is_shown_three_steps_until_they_are_taken(world: World) -> None:
    nia = newcomer()
    browser = world.browser(nia)
    assert browser.get("/").content.decode().count('class="step">') == 3
    follow(world.ada, by=nia)
    page = browser.get("/").content.decode()
    assert page.count('class="step">') == 2
    assert page.count('class="step" data-done>') == 1
    browser.post("/spaces/open-room/join")
    assert WELCOME not in browser.get("/").content.decode()


@pytest.mark.django_db
def test_the_steps_go_for_good_and_everywhere_when_they_are_waved_away(world: World) -> None:
    nia = newcomer()
    browser = world.browser(nia)
    assert browser.get("/settled").status_code == 405
    assert WELCOME in browser.get("/").content.decode()
    assert browser.post("/settled")["Location"] == "/"
    assert WELCOME not in browser.get("/").content.decode()
    another = Client()
    another.force_login(nia)
    assert WELCOME not in another.get("/").content.decode()
    assert another.get("/welcome")["Location"] == "/"


@pytest.mark.django_db
def test_guests_are_told_no_steps_they_cannot_take(world: World) -> None:
    assert WELCOME not in world.browser(world.gus).get("/").content.decode()


@pytest.mark.django_db
def test_the_steps_cost_no_query(world: World) -> None:
    eve = add_person("eve@company.example", "Eve Adeyemi", handle="eve")
    browser = world.browser(eve)
    browser.get("/")
    with CaptureQueriesContext(connection) as shown:
        assert WELCOME in browser.get("/").content.decode()
    browser.post("/settled")
    browser.get("/")
    with CaptureQueriesContext(connection) as settled:
        assert WELCOME not in browser.get("/").content.decode()
    assert len(shown) == len(settled)
