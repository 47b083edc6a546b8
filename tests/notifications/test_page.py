"""The page of notifications: it shows, pages, marks as read by POST only, and stays cheap."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from hallway.core.guarding import as_system
from hallway.entries.actions import Draft, react
from hallway.entries.models import Entry, Text
from hallway.notifications import queries
from hallway.notifications.models import OF_QUESTIONS, Notification
from hallway.notifications.sentences import line
from hallway.people.actions import add_person, change_profile, follow
from hallway.people.models import Person
from hallway.spaces import actions as spaces
from hallway.townhalls.actions import Plan, announce
from hallway.townhalls.actions import ask as hall_question
from tests.notifications.conftest import Desk

pytestmark = pytest.mark.django_db(transaction=True)

Kind = Notification.Kind


def statements(deed: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        deed()
    return len(asked)


def html_of(desk: Desk, person: Person, query: str = "") -> str:
    desk.reader.catch_up()
    answer = desk.world.browser(person).get(f"/notifications/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_line_leads_to_the_entry_and_quotes_it(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "Lunch?", by=world.ada)
    comment = desk.comment(post, "At <noon> sharp", by=world.ben)
    page = html_of(desk, world.ada)
    assert f'href="{comment.url}"' in page
    assert "<b>Ben Okafor</b> commented on your post" in page
    assert "At &lt;noon&gt; sharp" in page
    assert "Open room" in page


def test_words_are_those_of_now_because_rows_hold_none(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "Everything else", title="Old title", by=world.ada)
    react(post, "like", by=world.ben)
    assert "Old title" in html_of(desk, world.ada)
    with as_system("what a test changes"):
        Text.objects.filter(entry=post).update(title="New title")
    page = html_of(desk, world.ada)
    assert "New title" in page
    assert "Old title" not in page


def test_names_are_escaped(desk: Desk) -> None:
    world = desk.world
    change_profile(world.ben, by=world.ben, name="<i>Ben</i> {space}")
    follow(world.ada, by=world.ben)
    assert "<b>&lt;i&gt;Ben&lt;/i&gt; {space}</b> follows you" in html_of(desk, world.ada)


def test_looking_changes_nothing_and_marking_one_leaves_the_others(desk: Desk) -> None:
    world = desk.world
    world.post(world.open, "One @ben", by=world.ada)
    world.post(world.open, "Two @ben", by=world.ada)
    assert html_of(desk, world.ben).count("row-new") == 2
    assert desk.bell(world.ben) == 2
    first = desk.rows(world.ben)[0]
    answer = world.browser(world.ben).post("/notifications/read", {"notice": first.pk})
    assert answer.status_code == 302
    assert desk.bell(world.ben) == 1
    assert html_of(desk, world.ben).count("row-new") == 1


def test_nobody_marks_what_belongs_to_another(desk: Desk) -> None:
    world = desk.world
    world.post(world.open, "One @ben", by=world.ada)
    row = desk.rows(world.ben)[0]
    world.browser(world.cleo).post("/notifications/read", {"notice": row.pk})
    world.browser(world.cleo).post("/notifications/read")
    assert desk.bell(world.ben) == 1


def test_all_means_all_that_the_page_has_shown(desk: Desk) -> None:
    world = desk.world
    world.post(world.open, "One @ben", by=world.ada)
    until = re.search(r'name="until" value="([\d.]+)"', html_of(desk, world.ben))
    assert until is not None
    world.post(world.open, "Two @ben", by=world.ada)
    assert desk.bell(world.ben) == 2
    world.browser(world.ben).post("/notifications/read", {"until": until[1]})
    assert desk.bell(world.ben) == 1
    world.browser(world.ben).post("/notifications/read")
    assert desk.bell(world.ben) == 0
    assert "Mark all as read" not in html_of(desk, world.ben)


def test_a_thread_or_a_space_once_seen_is_read(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "Lunch?", by=world.ada)
    comment = desk.comment(post, "Yes, @ada", by=world.ben)
    react(comment, "like", by=world.cleo)
    desk.comment(post, "No", by=world.rita)
    spaces.put_in(world.closed, world.rita, by=world.ben)
    assert (desk.bell(world.ada), desk.bell(world.ben)) == (2, 2)
    for person in (world.ada, world.ben):
        answer = world.browser(person).post("/notifications/seen", {"entry": post.pk})
        assert answer.status_code == 204
        assert desk.bell(person) == 0
    assert desk.bell(world.rita) == 1
    world.browser(world.rita).post("/notifications/seen", {"space": world.closed.pk})
    assert desk.bell(world.rita) == 0


@pytest.mark.parametrize("data", [{"entry": "x"}, {"entry": "9" * 40}, {"space": "-1"}, {}])
def test_broken_numbers_do_no_harm(desk: Desk, data: dict[str, str]) -> None:
    world = desk.world
    world.post(world.open, "One @ben", by=world.ada)
    assert desk.bell(world.ben) == 1
    answer = world.browser(world.ben).post("/notifications/seen", data)
    assert answer.status_code in (204, 404)
    assert desk.bell(world.ben) == 1


@pytest.mark.parametrize("cursor", ["x", "1", "1.", "-1.1", "9" * 30 + ".1", "²." + "1"])
def test_a_broken_cursor_is_not_found(desk: Desk, cursor: str) -> None:
    browser = desk.world.browser(desk.world.ben)
    assert browser.get("/notifications/", {"before": cursor}).status_code == 404


def test_get_changes_nothing_and_the_signed_out_go_to_the_door(desk: Desk) -> None:
    browser = desk.world.browser(desk.world.ben)
    assert browser.get("/notifications/read").status_code == 405
    assert browser.get("/notifications/seen").status_code == 405
    browser.logout()
    assert browser.get("/notifications/").status_code == 302


def test_pages_follow_each_other_without_gap_and_at_the_same_price(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "Title @ben", by=world.ada)
    assert desk.bell(world.ben) == 1
    browser = world.browser(world.ben)
    browser.get("/notifications/")
    for_one = statements(lambda: browser.get("/notifications/"))
    for number in range(69):
        fan = add_person(f"fan{number}@company.example", f"Fan {number}")
        entry = world.post(world.open, f"Number {number}", by=world.ben)
        react(entry, "like", by=fan)
        react(entry, "like", by=world.cleo)
    react(post, "like", by=world.ben)
    desk.reader.catch_up()
    for_thirty = statements(lambda: browser.get("/notifications/"))
    # The people named second come with one statement more, however many they are.
    assert for_thirty <= for_one + 1
    seen: list[int] = []
    query = ""
    while True:
        page = html_of(desk, world.ben, query)
        seen += [int(pk) for pk in re.findall(r'data-notice="(\d+)"', page)]
        older = re.search(r'href="(\?before=[\d.]+)"', page)
        if older is None:
            break
        query = older[1]
    assert len(seen) == len(set(seen)) == 70
    assert seen[0] > seen[-1]


def test_the_bell_costs_two_statements_and_counts_to_a_hundred(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "Hello", by=world.ada)
    with as_system("what a test needs"):
        texts = [
            Entry(kind="post", space=world.open, author=world.ben, published_at=post.published_at)
            for _ in range(130)
        ]
        made = Entry.objects.bulk_create(texts)
        Notification.objects.bulk_create(
            Notification(
                person=world.ada,
                kind="mention",
                about=entry,
                latest=entry,
                actor=world.ben,
                actors=[world.ben.pk],
                bumped_at=post.published_at,
            )
            for entry in made
        )
    assert statements(lambda: queries.unread_count(world.ada)) == 2
    assert queries.unread_count(world.ada) == 100
    assert statements(lambda: queries.unread_count(world.dora)) == 0


def test_a_deed_costs_the_same_however_many_came_before(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "We won", by=world.ada)
    fans = [add_person(f"fan{n}@company.example", f"Fan {n}") for n in range(60)]
    react(post, "like", by=fans[0])
    desk.reader.catch_up()
    react(post, "like", by=fans[1])
    second = statements(desk.reader.advance)
    for fan in fans[2:-1]:
        react(post, "like", by=fan)
    desk.reader.catch_up()
    react(post, "like", by=fans[-1])
    assert statements(desk.reader.advance) == second


def test_a_comment_costs_the_same_for_three_and_for_forty_who_wrote(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "What do you think?", by=world.ada)
    fans = [add_person(f"fan{n}@company.example", f"Fan {n}") for n in range(40)]
    for fan in fans[:3]:
        desk.comment(post, "Hm", by=fan)
    desk.reader.catch_up()
    desk.comment(post, "Really", by=world.ben)
    few = statements(desk.reader.advance)
    for fan in fans[3:]:
        desk.comment(post, "Hm", by=fan)
    desk.reader.catch_up()
    desk.comment(post, "Really", by=world.rita)
    assert statements(desk.reader.advance) <= few + 1
    assert desk.said(fans[0])[0].startswith("Rita Sommer and ")


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("many", [1, 2, 3, 100])
def test_every_kind_has_a_sentence_in_every_language(desk: Desk, language: str, many: int) -> None:
    world = desk.world
    post = world.post(world.open, "Hello", by=world.ada)
    comment = desk.comment(post, "Hi", by=world.ada)
    hall = announce(Draft("Come"), Plan(starts_at=post.published_at), world.closed, by=world.ben)
    asked = [hall_question(hall, "My own question?", by=by) for by in (world.ada, world.gus)]
    about_hall = {"about": hall.entry, "latest": hall.entry}
    actors = [world.ben.pk, world.cleo.pk, *range(10**6, 10**6 + 98)][:many]
    with as_system("what a test needs"):
        for kind in Kind:
            references: list[dict[str, object]] = [{"space": world.closed}]
            if kind in (Kind.REPORTED, Kind.JUDGED, Kind.SETTLED, Kind.UNSENT):
                continue  # tests/entries/test_reports.py, tests/scheduled
            if kind in (Kind.MENTION, Kind.REPLY, Kind.REACTION):
                references = [{"about": entry, "latest": entry} for entry in (post, comment)]
            elif kind in (Kind.POSTED, Kind.SHARED):
                references = [{"about": post, "latest": post}]
            elif kind == Kind.REMINDER:
                references = [about_hall]
            elif kind in OF_QUESTIONS:
                references = [{**about_hall, "question": each} for each in asked]
            elif kind == Kind.FOLLOWER:
                references = [{}]
            Notification.objects.filter(person=world.ada, space=world.closed).delete()
            for reference in references:
                Notification.objects.create(
                    person=world.ada,
                    kind=kind,
                    actor=world.ben,
                    actors=actors,
                    bumped_at=post.published_at,
                    **reference,
                )
            with translation.override(language):
                rows = queries.page_of(world.ada).rows
                seconds = queries.named_in(rows, world.ada)
                lines = [line(row, seconds) for row in rows if row.kind != Kind.REMINDER]
                said = [str(each.sentence) for each in lines]
            assert kind == Kind.ASKED or any(row.kind == kind for row in rows)
            for sentence in said:
                assert "{" not in sentence
                assert sentence.startswith("<b>Ben Okafor</b>")
                assert ("Cleo" in sentence) == (many == 2)


def test_the_page_speaks_german(desk: Desk) -> None:
    world = desk.world
    world.cleo.language = "de"
    world.cleo.save(update_fields=["language"])
    follow(world.cleo, by=world.ben)
    desk.reader.catch_up()
    answer = world.browser(world.cleo).get("/notifications/")
    assert 'lang="de"' in answer.content.decode()
