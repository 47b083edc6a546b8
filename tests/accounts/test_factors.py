"""A second step at sign-in: authenticator app, recovery codes, and who may take it away."""

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from hallway.accounts.actions import make_administrator, set_password
from hallway.accounts.actions.factors import set_up_app
from hallway.accounts.factors import accepts, held_by
from hallway.accounts.models import Session
from hallway.journal.models import Record
from hallway.people.models import Person
from tests.accounts.post import delivered, link_in
from tests.accounts.test_sign_in import sign_in
from tests.accounts.test_sign_in import who as who_is
from tests.world import PASSWORD, World

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ADA = "ada@company.example"


def who(browser: Client) -> int | None:
    """The person who is signed in."""
    number = who_is(browser)
    return int(number) if number else None


def code(secret: str = SECRET, steps: int = 0) -> str:
    """What the app shows, `steps` times half a minute from now."""
    moment = int(time.time()) // 30 + steps
    return totp.format_hotp_value(totp.hotp_value(secret, moment))


def wrong(secret: str = SECRET) -> str:
    """A code that the app shows neither now nor soon."""
    right = {code(secret, steps) for steps in range(-2, 4)}
    return next(each for each in map(str, range(100_000, 100_010)) if each not in right)


def signed_in(name: str = "ada") -> Client:
    browser = Client()
    assert sign_in(browser, f"{name}@company.example").status_code == 302
    return browser


def key_on(page: str) -> str:
    found = re.search(r'class="secret-key"[^>]*>([A-Z2-7 ]+)<', page)
    assert found, page
    return found[1].replace(" ", "")


def codes_on(page: str) -> list[str]:
    return re.findall(r"<li>(\d{4} \d{4})</li>", page)


def test_ada_sets_up_an_app_and_is_asked_for_its_code(world: World) -> None:
    desk, phone = signed_in(), signed_in()
    desk.post("/settings/security/app/begin")
    key = key_on(desk.get("/settings/security/app").content.decode())
    assert desk.get("/settings/security/app/qr")["Content-Type"] == "image/svg+xml"
    refused = desk.post("/settings/security/app", {"code": wrong(key)})
    assert refused.status_code == 422
    assert not held_by(world.ada).is_any
    done = desk.post("/settings/security/app", {"code": code(key), "end_others": "on"})
    codes = codes_on(done.content.decode())
    assert len(set(codes)) == 10
    assert (who(desk), who(phone)) == (world.ada.pk, None)
    assert "authenticator app was set up" in delivered()[0].body
    assert Record.objects.filter(verb="factor.added", person_id=world.ada.pk).count() == 1
    assert key not in str(Authenticator.objects.values_list("data", flat=True))

    browser = Client()
    assert sign_in(browser, ADA)["Location"] == "/accounts/second-step"
    assert who(browser) is None
    assert browser.get("/").status_code == 302
    assert browser.get("/accounts/login/")["Location"] == "/accounts/second-step"
    assert browser.post("/accounts/second-step", {"code": wrong(key)}).status_code == 422
    entered = browser.post("/accounts/second-step", {"code": code(key)})
    assert (entered.status_code, entered["Location"]) == (302, "/")
    assert who(browser) == world.ada.pk
    assert Session.objects.get(pk=browser.session.session_key).person_id == world.ada.pk


def test_each_code_opens_once(world: World) -> None:
    codes = set_up_app(world.ada, SECRET)
    now = code()
    assert accepts(world.ada, now[:3] + " " + now[3:])
    assert not accepts(world.ada, now)
    assert not accepts(world.ada, code(steps=-1)), "an earlier one, after a later one was taken"
    assert accepts(world.ada, codes[3])
    assert not accepts(world.ada, codes[3])
    assert held_by(world.ada).codes_left == 9
    assert not accepts(world.ben, codes[4])


def test_the_second_step_is_only_for_who_did_the_first(world: World) -> None:
    set_up_app(world.ada, SECRET)
    assert (
        Client().post("/accounts/second-step", {"code": code()})["Location"] == "/accounts/login/"
    )
    browser = Client()
    sign_in(browser, ADA)
    set_password(world.ada, "a wholly new one")
    answer = browser.post("/accounts/second-step", {"code": code()})
    assert (answer["Location"], who(browser)) == ("/accounts/login/", None)

    sign_in(browser, ADA, "a wholly new one")
    Person.objects.filter(pk=world.ada.pk).update(is_active=False)
    assert browser.post("/accounts/second-step", {"code": code()})["Location"] == "/accounts/login/"
    Person.objects.filter(pk=world.ada.pk).update(is_active=True)
    assert sign_in(browser, ADA, "a wholly new one")["Location"] == "/accounts/second-step"
    assert browser.post("/accounts/second-step", {"cancel": ""})["Location"] == "/accounts/login/"
    assert browser.get("/accounts/login/").status_code == 200


def test_a_new_password_from_a_mail_does_not_go_around_the_second_step(world: World) -> None:
    set_up_app(world.ada, SECRET)
    delivered().clear()
    browser = Client()
    browser.post("/accounts/password/reset/", {"email": ADA})
    new = {"password": "a wholly new one", "again": "a wholly new one"}
    chosen = browser.post(link_in(delivered()[0]), new)
    assert (chosen["Location"], who(browser)) == ("/accounts/second-step", None)
    browser.post("/accounts/second-step", {"code": code()})
    assert who(browser) == world.ada.pk


def test_wrong_codes_lock_the_door_like_wrong_passwords(world: World) -> None:
    set_up_app(world.ada, SECRET)
    browser = Client()
    sign_in(browser, ADA)
    statuses = [
        browser.post("/accounts/second-step", {"code": wrong()}).status_code for _ in range(5)
    ]
    assert statuses == [422] * 4 + [429]
    assert browser.post("/accounts/second-step", {"code": code()}).status_code == 429
    assert sign_in(Client(), ADA).status_code == 429


def test_changes_ask_for_the_password_when_signing_in_was_long_ago(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = signed_in()
    late = time.time() + timedelta(minutes=11).total_seconds()
    monkeypatch.setattr(time, "time", lambda: late)
    asked = browser.post("/settings/security/app/begin")["Location"]
    assert asked == "/settings/confirm?next=%2Fsettings%2Fsecurity"
    assert browser.get("/settings/security/passkeys/new")["Location"].startswith(
        "/settings/confirm"
    )
    assert browser.post(asked, {"password": "wrong"}).status_code == 422
    assert browser.post("/settings/security/app/begin")["Location"] == asked
    assert browser.post(asked, {"password": PASSWORD})["Location"] == "/settings/security"
    assert browser.post("/settings/security/app/begin")["Location"] == "/settings/security/app"
    away = browser.post("/settings/confirm?next=//evil.example", {"password": PASSWORD})
    assert away["Location"] == "/settings/security"


def test_new_codes_replace_the_old_and_the_last_factor_takes_them_along(world: World) -> None:
    old = set_up_app(world.ada, SECRET)
    browser = Client()
    sign_in(browser, ADA)
    browser.post("/accounts/second-step", {"code": code()})
    new = codes_on(browser.post("/settings/security/codes").content.decode())
    assert len(new) == 10
    assert not accepts(world.ada, old[0])
    assert "10 codes left" in browser.get("/settings/security").content.decode()
    app = held_by(world.ada).app
    assert app
    foreign = signed_in("ben").post(f"/settings/security/factors/{app.pk}/remove")
    assert foreign.status_code == 404
    browser.post(f"/settings/security/factors/{app.pk}/remove")
    assert not Authenticator.objects.exists()
    assert [row.verb for row in Record.objects.filter(verb__startswith="factor")] == [
        "factor.added",
        "factor.added",
        "factor.removed",
    ]
    assert sign_in(Client(), ADA)["Location"] == "/"


def test_an_administrator_resets_what_somebody_lost(world: World) -> None:
    set_up_app(world.ada, SECRET)
    ada = Client()
    sign_in(ada, ADA)
    ada.post("/accounts/second-step", {"code": code()})
    address = "/accounts/people/ada/reset-factors"
    assert signed_in("ben").post(address).status_code == 404
    rita = signed_in("rita")
    delivered().clear()
    rita.post(address)
    row = Record.objects.get(verb="factor.reset")
    assert (row.actor_id, row.person_id) == (world.rita.pk, world.ada.pk)
    assert who(ada) is None
    assert "An administrator removed the second step" in delivered()[0].body
    assert sign_in(Client(), ADA)["Location"] == "/"
    again = rita.post(address, follow=True).content.decode()
    assert "there is nothing to reset" in again
    rita.post("/accounts/people/rita/reset-factors")
    assert Record.objects.filter(verb="factor.reset").count() == 1


def test_whoever_has_the_server_lets_a_locked_out_administrator_in(world: World) -> None:
    set_up_app(world.rita, SECRET)
    make_administrator("rita@company.example", "Rita", "a wholly new one")
    assert sign_in(Client(), "rita@company.example", "a wholly new one")["Location"] == "/"
    assert Record.objects.get(verb="factor.reset").actor_id is None


def test_nonsense_is_no_passkey(world: World) -> None:
    browser, ada = Client(), signed_in()
    ada.post("/settings/security/passkeys/ask")
    for words in (
        "",
        "{",
        "[]",
        "{}",
        '{"response": {}}',
        '{"response": {"userHandle": "MQ"}}',
        "1",
    ):
        browser.post("/accounts/passkey/options")
        answer = browser.post("/accounts/passkey", {"credential": words})
        assert answer["Location"] == "/accounts/login/?passkey=refused", words
        made = ada.post("/settings/security/passkeys/new", {"name": "x", "credential": words})
        assert made.status_code == 422, words
    assert who(browser) is None
