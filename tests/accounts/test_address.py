"""Moving to another e-mail address takes a yes from both; the old side can stop it."""

import time
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from hallway.accounts.actions import ask_address
from hallway.accounts.models import AddressLink, Session
from hallway.accounts.trimming import trim
from hallway.journal.models import Record
from hallway.people.models import Person
from tests.accounts.post import delivered, link_in
from tests.accounts.test_sign_in import sign_in, who
from tests.world import World

ADA, NEW = "ada@company.example", "ada.lund@company.example"
PAGE = "/settings/security/address"


def asked(world: World, wanted: str = NEW) -> tuple[Client, dict[str, EmailMessage]]:
    """Ada has asked for another address; returns her browser and the mails by receiver."""
    browser = Client()
    sign_in(browser, ADA)
    delivered().clear()
    assert browser.post(PAGE, {"email": wanted})["Location"] == PAGE
    return browser, {message.to[0]: message for message in delivered()}


def told(browser: Client) -> str:
    """What Ada sees of her change."""
    return browser.get(PAGE).content.decode().partition("<section")[2].partition("</section>")[0]


def verbs() -> list[str]:
    rows = Record.objects.filter(verb__startswith="address").order_by("seq")
    return list(rows.values_list("verb", flat=True))


@pytest.mark.parametrize("first", [ADA, NEW])
def test_it_takes_effect_when_both_have_agreed(world: World, first: str) -> None:
    browser, mails = asked(world)
    assert set(mails) == {ADA, NEW}
    second = next(to for to in mails if to != first)
    link = link_in(mails[first])
    assert Client().get(link).status_code == 200
    assert not AddressLink.objects.filter(agreed=True).exists(), "looking is not agreeing"
    page = Client().post(link, {"agree": ""})
    assert "This side has agreed" in page.content.decode()
    assert Person.objects.get(handle="ada").email == ADA
    assert "has agreed" in browser.get(PAGE).content.decode()
    Client().post(link_in(mails[second]), {"agree": ""})
    assert Person.objects.get(handle="ada").email == NEW
    assert verbs() == ["address.asked", "address.changed"]
    assert who(browser), "sessions stay"
    assert sign_in(Client(), NEW).status_code == 302
    assert sign_in(Client(), ADA).status_code == 422
    assert Client().get(link).status_code == 404


def test_the_old_side_stops_it_and_everybody_is_signed_out(world: World) -> None:
    browser, mails = asked(world)
    Client().post(link_in(mails[NEW]), {"agree": "", "stop": ""})
    assert AddressLink.objects.count() == 2, "the new side can only agree"
    page = Client().post(link_in(mails[ADA]), {"stop": ""})
    assert "choose a new one now" in page.content.decode()
    assert who(browser) is None or not Session.objects.filter(person=world.ada).exists()
    for message in mails.values():
        assert Client().post(link_in(message), {"agree": ""}).status_code == 404
    assert Person.objects.get(handle="ada").email == ADA
    assert verbs() == ["address.asked", "address.stopped"]


def test_nobody_learns_who_has_an_address(world: World) -> None:
    browser, mails = asked(world, "BEN@company.example")
    assert set(mails) == {ADA}, "Ben is not told, and gets no link"
    taken = told(browser).replace("BEN@", "free@")
    Client().post(link_in(mails[ADA]), {"agree": ""})
    AddressLink.objects.update(agreed=True)
    Client().post(link_in(mails[ADA]), {"agree": ""})
    assert Person.objects.get(handle="ada").email == ADA
    ask_address(world.ada, "free@company.example")
    assert told(browser) == taken


def test_links_end_after_a_day_with_a_new_wish_and_when_withdrawn(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, mails = asked(world)
    browser.post(PAGE, {"email": "lund@company.example"})
    assert Client().get(link_in(mails[NEW])).status_code == 404
    browser.post(f"{PAGE}/withdraw")
    assert not AddressLink.objects.exists()
    _, mails = asked(world)
    later = timezone.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert Client().post(link_in(mails[NEW]), {"agree": ""}).status_code == 404
    assert trim() >= 2


def test_asking_takes_the_password_and_another_address(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Client()
    sign_in(browser, ADA)
    assert browser.post(PAGE, {"email": ADA.upper()}).status_code == 422
    late = time.time() + timedelta(minutes=11).total_seconds()
    monkeypatch.setattr(time, "time", lambda: late)
    assert browser.post(PAGE, {"email": NEW})["Location"].startswith("/settings/confirm")
    assert not AddressLink.objects.exists()
