"""The digest: what one has not read, once, and nothing of what one may not see."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage as Parsed
from typing import Any, cast

import pytest
from django.core import mail
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from hallway.accounts.actions import deactivate
from hallway.comments.actions import comment
from hallway.core.writing import writing
from hallway.entries.actions import Draft, delete, react
from hallway.notifications.actions import attend, mark_read
from hallway.notifications.actions import choose as choose_ways
from hallway.notifications.channels import Channels
from hallway.notifications.models import Attention, Notification
from hallway.notifications.reader import follower
from hallway.outbox.models import Outgoing
from hallway.outbox.sending import send_all
from hallway.outside.actions import enroll_newcomers, owe_digests
from hallway.outside.models import Mailed, Schedule
from hallway.people.actions import follow
from hallway.people.models import Person
from hallway.spaces.actions import remove
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def by_day(world: World) -> Iterator[None]:
    """Everybody is on the list, and it is never quiet."""
    enroll_newcomers()
    Schedule.objects.update(quiet_from=None, quiet_until=None)
    return


def sent() -> dict[str, Parsed]:
    """Let the time of all digests come, and return those of this time by handle."""
    follower().catch_up()
    before = len(mail.outbox)
    Schedule.objects.exclude(rhythm="never").update(next_at=timezone.now())
    owe_digests()
    send_all()
    letters = mail.outbox[before:]
    return {
        str(letter.to[0]).partition("@")[0]: cast(
            Parsed, message_from_bytes(letter.message().as_bytes(), policy=policy.default)
        )
        for letter in letters
    }


def text(letter: Parsed) -> str:
    body = cast(Any, letter.get_body(("plain",)))
    return str(body.get_content())


def html(letter: Parsed) -> str:
    body = cast(Any, letter.get_body(("html",)))
    return str(body.get_content())


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Posts count at once, not only after some seconds."""
    from hallway.outside.digest import reading

    monkeypatch.setattr(reading, "SETTLING", timedelta(0))


def test_cleo_reads_in_german_what_she_missed_and_reads_it_once(
    world: World, settled: None
) -> None:
    post = world.post(world.hall, "Who knows the new form, @cleo?", by=world.ada, title="The form")
    comment(Draft("I do, and @cleo does."), post, by=world.ben)
    letters = sent()
    cleo = letters["cleo"]
    assert "Ada Lund hat dich in einem Beitrag erwähnt" in text(cleo)
    assert "Ben Okafor hat dich in einem Kommentar erwähnt" in text(cleo)
    assert text(cleo).count(f"http://localhost:8000{post.url}\n") == 1
    assert "<b>Ada Lund</b>" in html(cleo)
    assert "The form" in html(cleo)
    assert "dora" not in letters, "who has left gets nothing"
    assert "cleo" not in sent(), "the same thing is never told twice"
    comment(Draft("Once more, @cleo"), post, by=world.ada)
    again = text(sent()["cleo"])
    assert "Once more" in again
    assert "The form" not in again


def test_what_is_read_or_unwanted_is_not_mailed(world: World, settled: None) -> None:
    world.post(world.open, "Hello @ada", by=world.ben)
    follower().catch_up()
    mark_read(by=world.ada)
    attend({world.open.pk: Attention.Level.NOTHING}, by=world.ada)
    assert "ada" not in sent()
    attend({world.open.pk: Attention.Level.HIGHLIGHTS}, by=world.ada)
    only_bell = Channels(bell=True, mail=False, push=False)
    choose_ways({Notification.Kind.MENTION: only_bell}, by=world.ada)
    world.post(world.closed, "Hello again @ada", by=world.ben)
    assert "mention" not in text(sent()["ada"])


def test_the_most_discussed_comes_first_and_the_rest_is_counted(
    world: World, settled: None
) -> None:
    posts = [world.post(world.open, f"Number {number}.", by=world.ben) for number in range(8)]
    comment(Draft("Well"), posts[3], by=world.rita)
    react(posts[5], "like", by=world.rita)
    own = world.post(world.open, "My own words.", by=world.ada)
    body = text(sent()["ada"])
    listed = re.findall(r"Number (\d)\.", body)
    assert listed[:2] == ["3", "5"]
    assert len(listed) == 5
    assert "and 3 more" in body
    assert own.url not in body
    assert "ada" not in sent()


def test_many_notices_are_cut_with_a_number_and_none_comes_later(
    world: World, settled: None
) -> None:
    for number in range(33):
        world.post(world.hall, f"{number} @cleo", by=world.ada)
    body = text(sent()["cleo"])
    assert "und 3 weitere: http://localhost:8000/notifications/" in body
    assert "cleo" not in sent()


def test_what_one_may_no_longer_see_is_gone_between_owing_and_sending(
    world: World, settled: None
) -> None:
    world.post(world.secret, "Secret words for @ada", by=world.ben, title="Secret title")
    gone = world.post(world.open, "Deleted words for @ada", by=world.ben)
    world.post(world.open, "Words for @cleo", by=world.ben)
    follower().catch_up()
    Schedule.objects.update(next_at=timezone.now())
    owe_digests()
    remove(world.secret, world.ada, by=world.ben)
    delete(gone, by=world.ben)
    deactivate(world.cleo, by=world.rita)
    send_all()
    assert [letter.to for letter in mail.outbox if "cleo" in letter.to[0]] == []
    for letter in mail.outbox:
        whole = letter.message().as_bytes().decode()
        assert "ecret" not in whole
        assert "Deleted words" not in whole


def test_in_quiet_hours_it_is_held_until_they_are_over(world: World, settled: None) -> None:
    hour = timezone.now().hour
    Schedule.objects.update(quiet_from=hour, quiet_until=(hour + 2) % 24, zone="UTC")
    world.post(world.hall, "Hello @cleo", by=world.ada)
    assert sent() == {}
    held = Outgoing.objects.get(person=world.cleo)
    assert held.due_at.minute == 0
    assert held.due_at > timezone.now()
    Schedule.objects.update(quiet_from=None, quiet_until=None)
    Outgoing.objects.update(due_at=timezone.now())
    send_all()
    assert ["cleo@company.example"] in [letter.to for letter in mail.outbox]


def test_a_mail_that_was_not_taken_says_all_the_next_time(
    world: World, settled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hallway.outbox.office import NotTaken, PostOffice

    world.post(world.hall, "Hello @cleo", by=world.ada)

    def refuse(_office: PostOffice, _message: object) -> None:
        raise NotTaken("not now")

    with monkeypatch.context() as broken:
        broken.setattr(PostOffice, "send", refuse)
        assert sent() == {}
    assert not Mailed.objects.exists()
    Outgoing.objects.update(due_at=timezone.now())
    send_all()
    assert "Hello" in mail.outbox[-1].body
    assert Mailed.objects.filter(notification__person=world.cleo).count() == 1


def test_a_row_taken_back_while_it_is_mailed_breaks_nothing(world: World, settled: None) -> None:
    from hallway.outside.digest.writing import digest

    world.post(world.hall, "Hello @cleo", by=world.ada)
    follower().catch_up()
    letter = cast(Any, digest(Outgoing(kind="digest", key="x", person=world.cleo)))
    QuerySet(Notification).filter(person=world.cleo).delete()
    with writing():
        letter.then()
    assert not Mailed.objects.exists()


def test_one_click_ends_it_without_signing_in_and_looking_does_not(
    world: World, settled: None
) -> None:
    world.post(world.hall, "Hello @cleo", by=world.ada)
    letter = sent()["cleo"]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Id"] == "<digest.localhost>"
    path = letter["List-Unsubscribe"].strip(" <>").removeprefix("http://localhost:8000")
    assert path in html(letter)
    scanner = Client(enforce_csrf_checks=True)
    page = scanner.get(path)
    assert "Zusammenfassung beenden" in page.content.decode()
    assert Schedule.objects.get(person=world.cleo).rhythm == "daily"
    answer = scanner.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert Schedule.objects.get(person=world.cleo).rhythm == "never"
    world.post(world.hall, "Again @cleo", by=world.ada)
    assert "cleo" not in sent()
    for forged in (
        path.replace(f"/{world.cleo.pk}:", f"/{world.ada.pk}:"),
        path[:-1],
        "/mail/stop/1",
    ):
        assert scanner.post(forged).status_code == 404


def test_there_is_no_picture_from_afar_in_it(world: World, settled: None) -> None:
    follow(world.cleo, by=world.ada)
    world.post(
        world.hall, "![x](https://evil.example/p.png) <script>x</script> @cleo", by=world.ada
    )
    body = html(sent()["cleo"])
    assert "<img" not in body
    assert "<script" not in body
    assert "evil.example" not in body or "src=" not in body


def form(**fields: object) -> dict[str, object]:
    given = {"rhythm": "weekly", "hour": "9", "weekday": "2", "zone": "Europe/Berlin"}
    return given | {"quiet_from": "18", "quiet_until": "8", "quiet_days": ["5", "6"]} | fields


def test_ada_chooses_and_what_makes_no_sense_is_said(world: World) -> None:
    browser = world.browser(world.ada)
    browser.cookies["zone"] = "Europe/Paris"
    assert b'<option value="Europe/Paris" selected>' in browser.get("/settings/mail").content
    page = browser.get("/settings/mail").content.decode()
    assert re.search(r'<input type="radio" name="rhythm" value="daily"[^>]* checked', page)
    assert browser.post("/settings/mail", form()).status_code == 302
    row = Schedule.objects.get(person=world.ada)
    assert (row.rhythm, row.hour, row.weekday, row.zone) == ("weekly", 9, 2, "Europe/Berlin")
    assert (row.quiet_from, row.quiet_until, row.quiet_days) == (18, 8, [5, 6])
    assert row.next_at is not None
    assert row.next_at.astimezone(row.time_zone).weekday() == 2
    assert browser.post("/settings/mail", form(quiet_from="")).status_code == 422
    everyday = browser.post("/settings/mail", form(quiet_days=list("0123456"), hour="7"))
    assert everyday.status_code == 422
    assert b'<option value="7" selected>' in everyday.content
    assert browser.post("/settings/mail", form(zone="Mars/Base")).status_code == 422


def test_who_wants_none_and_then_some_again_gets_nothing_of_the_time_between(
    world: World, settled: None
) -> None:
    browser = world.browser(world.cleo)
    browser.post("/settings/mail", form(rhythm="never"))
    world.post(world.hall, "Between @cleo", by=world.ada)
    follower().catch_up()
    browser.post(
        "/settings/mail", form(rhythm="daily", quiet_from="", quiet_until="", quiet_days=[])
    )
    assert "cleo" not in sent()


def test_newcomers_are_enrolled_and_each_digest_takes_the_same_queries(
    world: World, settled: None, django_assert_max_num_queries: Any
) -> None:
    assert Schedule.objects.count() == Person.objects.count()
    assert enroll_newcomers() == 0
    for number in range(20):
        world.post(world.hall, f"{number} @cleo", by=world.ada)
    follower().catch_up()
    from hallway.outside.digest.writing import digest

    with django_assert_max_num_queries(8):
        digest(Outgoing(kind="digest", key="x", person=world.cleo))
