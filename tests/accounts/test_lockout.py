"""Guessing passwords is stopped, for known and unknown accounts, in all processes at once."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.db.models import F
from django.test import Client, RequestFactory, override_settings

from hallway.accounts.client import name_hash, network_of, pseudonym_of
from hallway.accounts.lockout_limits import COOL_OFF
from hallway.accounts.trimming import trim
from tests.accounts.test_sign_in import sign_in, who
from tests.world import World

ADA = "ada@company.example"


def guess(times: int, email: str = ADA, **where: str) -> int:
    """Try wrong passwords, each from a new browser, and return the last answer's status."""
    return [sign_in(Client(**where), email, f"wrong {n}").status_code for n in range(times)][-1]


def pass_time(amount: timedelta) -> None:
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - amount)


def test_five_wrong_passwords_close_the_door_even_to_the_right_one(world: World) -> None:
    assert guess(4) == 422
    response = sign_in(Client(), ADA, "wrong")
    assert response.status_code == 429
    page = response.content.decode()
    assert "Too many wrong passwords" in page
    assert "15 minutes" in page
    browser = Client()
    assert sign_in(browser, ADA).status_code == 429
    assert who(browser) is None


def test_the_case_of_the_address_does_not_open_another_count(world: World) -> None:
    guess(3)
    assert guess(2, ADA.upper()) == 429


def test_it_opens_again_after_a_while_although_somebody_knocked(world: World) -> None:
    guess(5)
    pass_time(COOL_OFF - timedelta(minutes=1))
    assert guess(1) == 429
    pass_time(timedelta(minutes=2))
    browser = Client()
    assert sign_in(browser, ADA).status_code == 302
    assert who(browser) == str(world.ada.pk)


def test_unknown_accounts_are_locked_alike(world: World) -> None:
    known, unknown = guess(5), guess(5, "nobody@company.example")
    assert (known, unknown) == (429, 429)


def test_ada_can_come_in_from_elsewhere_until_too_many_guess(world: World) -> None:
    guess(5, REMOTE_ADDR="203.0.113.1")
    assert sign_in(Client(REMOTE_ADDR="203.0.113.2"), ADA).status_code == 302
    for number in range(3, 7):
        guess(5, REMOTE_ADDR=f"203.0.113.{number}")
    assert sign_in(Client(REMOTE_ADDR="203.0.113.2"), ADA).status_code == 429


def test_trying_many_accounts_from_one_address_is_stopped(world: World) -> None:
    for number in range(25):
        guess(4, f"person-{number}@company.example")
    assert guess(1, "ben@company.example") == 429
    assert sign_in(Client(REMOTE_ADDR="203.0.113.9"), "ben@company.example").status_code == 302


def test_signing_in_oneself_does_not_wash_off_guesses_at_others(world: World) -> None:
    guess(4)
    assert sign_in(Client(), "ben@company.example").status_code == 302
    assert guess(1) == 429


def test_signing_in_forgets_ones_own_slips(world: World) -> None:
    guess(4)
    assert sign_in(Client(), ADA).status_code == 302
    assert guess(4) == 422


def test_no_address_name_or_browser_is_kept(world: World, caplog: pytest.LogCaptureFixture) -> None:
    where = {"REMOTE_ADDR": "203.0.113.77", "HTTP_USER_AGENT": "Telltale/1.0"}
    sign_in(Client(**where), ADA, "swordfish", extra="swordfish")
    sign_in(Client(**where), ADA, "swordfish")
    kept = str(list(AccessAttempt.objects.values_list())) + caplog.text
    for secret in ("203.0.113.77", "Telltale", "swordfish", "ada@"):
        assert secret not in kept


def test_counters_are_thrown_away(world: World) -> None:
    guess(1)
    pass_time(COOL_OFF * 2)
    trim()
    assert not AccessAttempt.objects.exists()


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "expected"),
    [
        (0, "203.0.113.5", "198.51.100.1", "203.0.113.5"),
        (1, "10.0.0.1", "198.51.100.1", "198.51.100.1"),
        (1, "10.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (2, "10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        (2, "10.0.0.1", "198.51.100.1", "10.0.0.1"),
        (1, "10.0.0.1", "nonsense", "10.0.0.1"),
        (1, "10.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        (0, "::ffff:203.0.113.5", "", "203.0.113.5"),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (0, "", "", "unknown"),
    ],
)
def test_only_configured_proxies_are_believed(
    proxies: int, remote: str, forwarded: str, expected: str
) -> None:
    from dataclasses import replace

    from django.conf import settings

    request = RequestFactory().get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
    with override_settings(CONFIG=replace(settings.CONFIG, trusted_proxies=proxies)):
        assert network_of(request) == expected


def test_neighbours_in_an_ipv6_network_share_a_pseudonym() -> None:
    def ask(address: str) -> str:
        return pseudonym_of(RequestFactory().get("/", REMOTE_ADDR=address))

    assert ask("2001:db8::1") == ask("2001:db8::ffff")
    assert ask("2001:db8::1") != ask("2001:db8:0:1::1")


def test_strangers_cannot_lock_a_browser_out_that_signed_in_before(world: World) -> None:
    """Nor can anybody else in it; but who guesses there is stopped as anywhere."""
    own = Client(REMOTE_ADDR="203.0.113.7")
    assert sign_in(own, ADA).status_code == 302
    del own.cookies["session"]
    for n in range(20):
        sign_in(Client(REMOTE_ADDR=f"198.51.100.{n}"), ADA, "wrong")
    assert sign_in(Client(REMOTE_ADDR="203.0.113.8"), ADA).status_code == 429
    assert sign_in(own, "ben@company.example", "wrong").status_code == 422
    assert sign_in(own, ADA).status_code == 302
    del own.cookies["session"]
    assert [sign_in(own, ADA, "wrong").status_code for _ in range(5)][-1] == 429


def test_the_mark_of_a_browser_cannot_be_made_up(world: World) -> None:
    for n in range(20):
        sign_in(Client(REMOTE_ADDR=f"198.51.100.{n}"), ADA, "wrong")
    forger = Client(REMOTE_ADDR="203.0.113.9")
    forger.cookies["known"] = f"{name_hash(ADA)}:1vN0:{'x' * 43}"
    assert sign_in(forger, ADA).status_code == 429
    assert "known" not in sign_in(forger, ADA).cookies
