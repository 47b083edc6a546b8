"""Questions without a name: tokens once a person, and nobody is known where they are spent."""

import logging
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hallway.core.guarding import as_system
from hallway.entries.actions import Draft, delete
from hallway.entries.models import Entry
from hallway.journal.models import Record
from hallway.townhalls.actions import announce, ask, close_asking, end, open_doors
from hallway.townhalls.actions.moderate import put_on_stage
from hallway.townhalls.models import Issued, Question, SigningKey, Spent, TownHall
from tests.townhalls.conftest import plan
from tests.townhalls.tokens import Wallet, say
from tests.world import World

REFUSED = b'{"outcome": "refused"}'


@pytest.fixture
def wallet(world: World, hall: TownHall) -> Wallet:
    """Ada's tokens, in her browser."""
    wallet = Wallet(hall.pk)
    assert wallet.fill(world.browser(world.ada)).status_code == 200
    return wallet


def the_question() -> Question:
    with as_system("the test looks at everything"):
        return Question.objects.get()


def test_a_question_has_no_name_anywhere(world: World, hall: TownHall, wallet: Wallet) -> None:
    before = Record.objects.count()
    answer = wallet.ask("Is the merger true?")
    question = the_question()
    assert answer.json() == {"outcome": "done", "question": question.pk, "state": "open"}
    assert (question.author_id, question.text) == (None, "Is the merger true?")
    assert question.since is not None
    assert (question.since.second, question.since.microsecond) == (0, 0)
    (row,) = Record.objects.order_by("seq")[before:]
    assert (row.verb, row.actor_id, row.person_id) == ("hall.asked", None, None)
    assert not answer.cookies


def test_tokens_are_signed_once_a_person_and_leave_no_time(world: World, hall: TownHall) -> None:
    ada, other = Wallet(hall.pk), Wallet(hall.pk)
    rows = Record.objects.count()
    first = ada.fill(world.browser(world.ada))
    again = ada.send(world.browser(world.ada))
    assert again.json() == first.json()
    assert other.fill(world.browser(world.ada)).json() == {"outcome": "given"}
    assert Wallet(hall.pk).fill(world.browser(world.gus)).status_code == 200
    assert Record.objects.count() == rows
    with as_system("the test looks at everything"):
        assert Issued.objects.filter(hall=hall).count() == 2
    kinds = {field.get_internal_type() for field in Issued._meta.get_fields()}
    assert not kinds & {"DateTimeField", "DateField", "TimeField"}


@pytest.mark.parametrize("who", ["cleo", "rita"])
def test_who_must_not_see_the_hall_gets_no_tokens(world: World, hall: TownHall, who: str) -> None:
    browser = world.browser(world.people[who])
    unknown = browser.get("/halls/987654/tokens")
    for number, answer in (
        (404, browser.get(f"/halls/{hall.pk}/tokens")),
        (404, browser.post(f"/halls/{hall.pk}/tokens", {}, "application/json")),
        (404, browser.get(f"/halls/{hall.pk}/anonymity.json")),
    ):
        assert answer.status_code == number
        assert answer.content == unknown.content


@pytest.mark.parametrize(
    "body",
    [
        "no JSON",
        "[]",
        "{}",
        '{"blinded": "ff"}',
        {"blinded": []},
        {"blinded": ["zz" * 256] * 3},
        {"blinded": [1, 2, 3]},
        {"blinded": ["00" * 256] * 3},
        {"blinded": ["ff" * 256, "fe" * 256, "fd" * 256]},
        {"blinded": [f"{each:0512x}" for each in range(4)]},
        {"blinded": ["11" * 256] * 40},
        "[" * 8000,
    ],
)
def test_nonsense_is_not_signed(world: World, hall: TownHall, body: Any) -> None:
    answer = world.browser(world.ada).post(f"/halls/{hall.pk}/tokens", body, "application/json")
    assert (answer.status_code, answer.content) == (403, REFUSED)
    with as_system("the test looks at everything"):
        assert not Issued.objects.exists()


def test_tokens_need_the_token_of_our_page(world: World, hall: TownHall) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies.update(world.browser(world.ada).cookies)
    assert strict.post(f"/halls/{hall.pk}/tokens", {}, "application/json").status_code == 403


def test_the_same_token_asks_once(world: World, hall: TownHall, wallet: Wallet) -> None:
    first, again = (wallet.ask("Is the merger true?") for _ in range(2))
    assert first.content == again.content
    assert wallet.ask("Something else entirely?").content == REFUSED
    assert wallet.ask("Is the merger true?", secret=b"t" * 32).content == REFUSED
    with as_system("the test looks at everything"):
        assert Question.objects.count() == Spent.objects.count() == 1
    for number in (1, 2):
        assert wallet.ask(f"And question {number}?", number).status_code == 200


def test_whoever_has_no_good_token_reads_the_same(
    world: World, hall: TownHall, wallet: Wallet
) -> None:
    good = wallet.asking("Is the merger true?")
    question = ask(hall, "With my name?", by=world.ada)
    change = {"do": "edit", "question": question.pk, "secret": "00" * 32, "text": "Mine now?"}
    bodies: list[tuple[int, Any]] = [
        (hall.pk, good | {"token": "00" * 32}),
        (hall.pk, good | {"signature": "00" * 256}),
        (hall.pk, good | {"signature": good["signature"][::-1]}),
        (hall.pk, good | {"secret": "00"}),
        (hall.pk, good | {"text": None}),
        (hall.pk, good | {"do": "delete"}),
        (hall.pk, good | {"text": "x" * 9000}),
        (hall.pk, change),
        (hall.pk, change | {"do": "withdraw"}),
        (hall.pk, change | {"question": 17}),
        (hall.pk, change | {"question": 2**80}),
        (hall.pk, change | {"question": "17"}),
        (987654, good),
        (987654, change),
        (hall.pk, "no JSON"),
        (hall.pk, ""),
    ]
    answers = [say(pk, body) for pk, body in bodies]
    open_doors(hall, by=world.ben)
    end(hall, by=world.ben)
    answers.append(say(hall.pk, good | {"token": "00" * 32}))
    answers.append(Client().get(f"/halls/{hall.pk}/nameless"))
    told = {(answer.status_code, answer.content, *sorted(answer.headers)) for answer in answers}
    assert {each[:2] for each in told} == {(403, REFUSED)}
    assert len(told) == 1
    assert not any(answer.cookies for answer in answers)
    assert say(hall.pk, good).json() == {"outcome": "closed"}


def test_another_halls_tokens_are_worth_nothing(
    world: World, hall: TownHall, wallet: Wallet
) -> None:
    other = announce(Draft(title="Another", text="."), plan(), world.closed, by=world.ben)
    assert say(other.pk, wallet.asking("Is it me?")).content == REFUSED
    wallet.ask("Is the merger true?")
    change = {"do": "withdraw", "question": the_question().pk, "secret": (b"s" * 32).hex()}
    assert say(other.pk, change).content == REFUSED


def test_a_good_token_hears_why_not(world: World, hall: TownHall, wallet: Wallet) -> None:
    assert wallet.ask("?").json() == {"outcome": "short"}
    assert wallet.ask("x" * 401).json() == {"outcome": "long"}
    close_asking(hall, True, by=world.ben)
    assert wallet.ask("Is the merger true?").json() == {"outcome": "closed"}
    with as_system("the test looks at everything"):
        assert not Spent.objects.exists(), "a refused question costs no token"


def test_the_secret_changes_and_withdraws_while_nobody_has_taken_it_up(
    world: World, hall: TownHall, wallet: Wallet
) -> None:
    wallet.ask("Is the merger true?")
    question = the_question()
    change = {"do": "edit", "question": question.pk, "secret": (b"s" * 32).hex()}
    assert say(hall.pk, change | {"text": "Is it?"}).json()["outcome"] == "done"
    assert say(hall.pk, change | {"text": "Is it?", "secret": "00" * 32}).content == REFUSED
    assert say(hall.pk, change | {"text": "?"}).json() == {"outcome": "short"}
    assert (the_question().text, the_question().edited) == ("Is it?", True)
    for number in range(30):
        last = say(hall.pk, change | {"text": f"Is it number {number}?"})
    assert last.json() == {"outcome": "closed"}, "nobody changes words for ever"
    assert say(hall.pk, change | {"do": "withdraw"}).json()["state"] == "withdrawn"
    assert say(hall.pk, change | {"do": "withdraw"}).json()["state"] == "withdrawn"
    assert the_question().text == ""
    assert Record.objects.filter(verb="hall.question", actor_id__isnull=False).count() == 0
    assert wallet.ask("Is the merger true?").content == REFUSED, "its token stays spent"


def test_what_is_on_stage_stays(world: World, hall: TownHall, wallet: Wallet) -> None:
    wallet.ask("Is the merger true?")
    open_doors(hall, by=world.ben)
    put_on_stage(the_question(), by=world.ben)
    change = {"do": "withdraw", "question": the_question().pk, "secret": (b"s" * 32).hex()}
    assert say(hall.pk, change).json() == {"outcome": "closed"}


def test_nobody_is_looked_up_even_when_a_cookie_comes(
    world: World, hall: TownHall, wallet: Wallet, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    signed_in = world.browser(world.ada)
    headers = {"X-Forwarded-For": "203.0.113.9", "User-Agent": "canary/1", "Accept-Language": "de"}
    with CaptureQueriesContext(connection) as queries:
        asked = say(hall.pk, wallet.asking("Is the merger true?"), signed_in, **headers)
        refused = say(hall.pk, "{}", signed_in, **headers)
    assert (asked.status_code, refused.status_code) == (200, 403)
    tables = " ".join(query["sql"] for query in queries)
    for table in ("accounts_session", "people_person", "core_allowance", "core_cache", "axes_"):
        assert table not in tables
    assert not asked.cookies
    told = [each.getMessage() for each in caplog.records if each.name != "django.db.backends"]
    assert not any("nameless" in each or "203.0.113.9" in each for each in told), told
    plain = say(hall.pk, "{}")
    assert plain.content == refused.content
    assert sorted(plain.headers) == sorted(refused.headers)
    assert plain["Content-Language"] == refused["Content-Language"]


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}]
)
def test_another_site_cannot_ask(
    world: World, hall: TownHall, wallet: Wallet, headers: dict[str, str]
) -> None:
    answer = say(hall.pk, wallet.asking("Is the merger true?"), **headers)
    assert answer.status_code == 403
    with as_system("the test looks at everything"):
        assert not Question.objects.exists()


def test_the_end_destroys_the_key_and_forgets_who_had_tokens(
    world: World, hall: TownHall, wallet: Wallet
) -> None:
    wallet.ask("Is the merger true?")
    open_doors(hall, by=world.ben)
    end(hall, by=world.ben)
    with as_system("the test looks at everything"):
        key = SigningKey.objects.get(hall=hall)
        assert (key.private, key.issued) == ("", 1)
        assert not Issued.objects.exists()
    assert Wallet(hall.pk).fill(world.browser(world.gus)).json() == {"outcome": "closed"}
    data = world.browser(world.gus).get(f"/halls/{hall.pk}/anonymity.json").json()
    assert (data["key_destroyed"], data["people_with_tokens"], len(data["spent"])) == (True, 1, 1)


def test_what_is_held_back_has_no_number_in_public(
    world: World, hall: TownHall, wallet: Wallet
) -> None:
    with as_system("the test sets the stage"):
        TownHall.objects.filter(pk=hall.pk).update(moderation="before")
    assert wallet.ask("Is the merger true?").json()["state"] == "held"
    data = world.browser(world.gus).get(f"/halls/{hall.pk}/anonymity.json").json()
    assert data["questions"] == []
    assert [each["question"] for each in data["spent"]] == [None]


def test_a_deleted_hall_takes_nothing(world: World, hall: TownHall, wallet: Wallet) -> None:
    with as_system("the test deletes as its author does"):
        delete(Entry.objects.get(pk=hall.pk), by=world.ben)
    assert wallet.ask("Is the merger true?").content == REFUSED
