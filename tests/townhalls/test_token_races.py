"""Many at once: tokens are given once a person and spent once, and signing holds up nobody."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from hallway.core.guarding import as_system
from hallway.entries.actions import Draft
from hallway.townhalls.actions import announce, nameless
from hallway.townhalls.models import Issued, Question, Spent, TownHall
from tests.townhalls.conftest import plan
from tests.townhalls.tokens import Wallet, say
from tests.world import World, build_world


@pytest.fixture
def company(transactional_db: None) -> World:
    """The world, committed, so that other threads see it."""
    return build_world()


@pytest.fixture
def open_hall(company: World) -> TownHall:
    draft = Draft(title="Where we go next", text=".")
    return announce(draft, plan(), company.closed, by=company.ben)


def at_once(deeds: list[Any]) -> list[Any]:
    """Do all of them at the same time; threads leave no connection behind."""

    def do(deed: Any) -> Any:
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def test_one_token_is_one_question(company: World, open_hall: TownHall) -> None:
    wallet = Wallet(open_hall.pk)
    wallet.fill(company.browser(company.ada))
    same = wallet.asking("Is the merger true?")
    bodies = [same] * 8 + [same | {"text": f"Or is it number {n}?"} for n in range(8)]
    answers = at_once([lambda body=body: say(open_hall.pk, body) for body in bodies])
    with as_system("the test looks at everything"):
        (question,) = Question.objects.all()
        assert Spent.objects.count() == 1
    done = [body for body, each in zip(bodies, answers, strict=True) if each.status_code == 200]
    assert done
    assert {body["text"] for body in done} == {question.text}


def test_two_browsers_of_one_person_do_not_both_get_tokens(
    company: World, open_hall: TownHall
) -> None:
    wallets = [Wallet(open_hall.pk) for _ in range(4)]
    browsers = [Client() for _ in wallets]
    for wallet, browser in zip(wallets, browsers, strict=True):
        browser.cookies.update(company.browser(company.ada).cookies)
        wallet.prepare(browser.get(f"/halls/{open_hall.pk}/tokens").json())
    pairs = list(zip(wallets, browsers, strict=True))
    at_once([lambda w=wallet, b=browser: w.send(b) for wallet, browser in pairs])
    assert sum(bool(wallet.signatures) for wallet in wallets) == 1
    with as_system("the test looks at everything"):
        assert Issued.objects.count() == 1


def test_who_comes_while_another_is_served_is_sent_away_for_a_while(
    company: World, open_hall: TownHall
) -> None:
    wallet = Wallet(open_hall.pk)
    with nameless._turn:
        answer = wallet.fill(company.browser(company.gus))
        assert (answer.status_code, answer.json()) == (503, {"outcome": "busy"})
    assert wallet.send(company.browser(company.gus)).status_code == 200


def test_a_form_that_was_to_go_without_a_name_is_not_sent_with_one(
    company: World, open_hall: TownHall
) -> None:
    """Should the script fail, the switch travels with the form, and the form is refused."""
    form = {"text": "Is the merger true?", "nameless": "1"}
    answer = company.browser(company.ada).post(f"/halls/{open_hall.pk}/questions", form)
    assert answer.status_code == 422
    with as_system("the test looks at everything"):
        assert not Question.objects.exists()


def test_who_asks_for_tokens_all_the_time_is_slowed_down(
    company: World, open_hall: TownHall
) -> None:
    browser = company.browser(company.ada)
    answers = [
        browser.post(f"/halls/{open_hall.pk}/tokens", {}, "application/json") for _ in range(30)
    ]
    assert answers[-1].status_code == 429
    assert answers[-1]["Retry-After"]
