"""Signing in: with the right password only, and with the same answer for everybody else."""

from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, identify_hasher
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from hallway.accounts.models import Session
from hallway.people.models import Person
from tests.world import PASSWORD, World

LOGIN = "/accounts/login/"


def sign_in(browser: Client, email: str, password: str = PASSWORD, **more: Any) -> HttpResponse:
    return browser.post(LOGIN, {"login": email, "password": password, **more})


def who(browser: Client) -> str | None:
    return browser.session.get("_auth_user_id")


def test_the_door_is_shown_to_the_signed_out(world: World) -> None:
    browser = Client()
    response = browser.get("/settings")
    assert response.status_code == 302
    assert response["Location"] == f"{LOGIN}?next=/settings"
    page = browser.get(LOGIN).content.decode()
    assert page.count("<h1") == 1
    assert 'autocomplete="current-password"' in page
    assert "signup" not in page


def test_ada_signs_in_whatever_the_case_of_her_address(world: World) -> None:
    browser = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0; rv:140.0) Firefox/140.0")
    response = sign_in(browser, "Ada@Company.EXAMPLE")
    assert response.status_code == 302
    assert response["Location"] == "/"
    assert who(browser) == str(world.ada.pk)
    session = Session.objects.get(person=world.ada)
    assert session.agent == "Firefox/Windows"


def test_the_next_page_stays_on_this_site(world: World) -> None:
    assert sign_in(Client(), "ada@company.example", next="/settings")["Location"] == "/settings"
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example", "http:///x"):
        assert sign_in(Client(), "ada@company.example", next=elsewhere)["Location"] == "/"


def test_wrong_unknown_and_deactivated_get_the_same_answer(world: World) -> None:
    Person.objects.filter(pk=world.ben.pk).update(password="!")
    answers = set()
    for email, password in [
        ("ada@company.example", "wrong"),
        ("nobody@company.example", PASSWORD),
        ("dora@company.example", PASSWORD),
        ("ben@company.example", PASSWORD),
    ]:
        browser = Client()
        response = sign_in(browser, email, password)
        assert who(browser) is None
        page = response.content.decode().replace(email, "…")
        nonce = response.wsgi_request.csp_nonce
        token = response.context["csrf_token"]
        answers.add((response.status_code, page.replace(nonce, "").replace(str(token), "")))
    assert {status for status, _ in answers} == {422}
    assert len({len(page) for _, page in answers}) == 1
    assert "The address or the password is wrong." in next(iter(answers))[1]


def test_unknown_accounts_cost_as_many_hashes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[int] = []

    class Counting(Argon2PasswordHasher):
        time_cost, memory_cost = 1, 64

        def encode(self, password: str, salt: str) -> str:
            counted.append(1)
            return super().encode(password, salt)

        def verify(self, password: str, encoded: str) -> bool:
            counted.append(1)
            return super().verify(password, encoded)

        def must_update(self, encoded: str) -> bool:
            return False

    counts = {}
    Counting.__module__, here = __name__, "tests.accounts.test_sign_in.Counting"
    monkeypatch.setitem(globals(), "Counting", Counting)
    with override_settings(PASSWORD_HASHERS=[here]):
        world.ada.set_password(PASSWORD)
        world.ada.save(update_fields=["password"])
        for email in ("ada@company.example", "nobody@company.example"):
            counted.clear()
            sign_in(Client(), email, "wrong")
            counts[email] = len(counted)
    assert len(set(counts.values())) == 1, counts


def test_look_alike_addresses_are_not_the_same(world: World) -> None:
    browser = Client()
    assert sign_in(browser, "ad\u0430@company.example").status_code == 422
    assert who(browser) is None


def test_the_session_key_changes_at_sign_in(world: World) -> None:
    browser = Client()
    session = browser.session
    session["planted"] = "by somebody else"
    session.save()
    browser.cookies["session"] = session.session_key
    sign_in(browser, "ada@company.example")
    assert browser.session.session_key != session.session_key
    assert not Session.objects.filter(pk=session.session_key).exists()


def test_signing_out_needs_a_post_and_ends_the_session(world: World) -> None:
    browser = Client()
    sign_in(browser, "ada@company.example")
    assert browser.get("/accounts/logout/").status_code == 200
    assert who(browser) == str(world.ada.pk)
    browser.post("/accounts/logout/")
    assert who(browser) is None
    assert not Session.objects.filter(person=world.ada).exists()


@pytest.mark.parametrize(
    "path",
    ["signup/", "email/", "inactive/", "reauthenticate/", "confirm-email/", "password/set/"],
)
def test_other_doors_of_the_library_are_walled_up(world: World, path: str) -> None:
    assert Client().get(f"/accounts/{path}").status_code == 404


def test_json_clients_get_the_page_like_everybody(world: World) -> None:
    response = Client(HTTP_ACCEPT="application/json").get(LOGIN)
    assert response["Content-Type"].startswith("text/html")


def test_passwords_are_kept_with_argon2id() -> None:
    from hallway.accounts.settings import PASSWORD_HASHERS

    with override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        person = Person()
        person.set_password("x")
        assert isinstance(identify_hasher(person.password), Argon2PasswordHasher)
        assert "argon2id" in person.password


def test_names_of_the_library_are_kept() -> None:
    assert reverse("account_login") == LOGIN
    assert reverse("account_logout") == "/accounts/logout/"
