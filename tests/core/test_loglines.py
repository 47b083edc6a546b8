"""The log holds no key to an account, and tells a visitor's mistakes as no error of ours."""

import logging
import sys

import pytest
from django.conf import settings
from django.test import Client

from hallway.core.loglines import Discreet

KEY = "Zm9vYmFy-secret_key:1x"
ADDRESSES = (
    "/accounts/password/reset/key/{}/",
    "/accounts/password/reset/key/{}",
    "/accounts/invitation/{}",
    "/accounts/invitation/{}/",
    "/accounts/first/{}",
    "//accounts//first/{}?next=/",
)


def told(record: logging.LogRecord) -> str:
    """The line the console shows, by the formatter of the settings."""
    assert Discreet().filter(record)
    return logging.Formatter("{levelname} {message}", style="{").format(record)


def record(level: int, words: str, *values: object, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("django.request", level, __file__, 1, words, values, None)
    made.__dict__.update(extra)
    return made


@pytest.mark.parametrize("address", ADDRESSES)
def test_keys_are_blanked(address: str) -> None:
    line = told(record(logging.ERROR, "Internal Server Error: %s", address.format(KEY)))
    assert KEY not in line
    assert line.startswith("ERROR Internal Server Error: /")


def test_keys_are_blanked_in_tracebacks() -> None:
    try:
        {}[ADDRESSES[0].format(KEY)]
    except KeyError:
        made = record(logging.ERROR, "broken", exc_info=sys.exc_info())
    line = told(made)
    assert KEY not in line
    assert "KeyError: '/accounts/password/reset/key/" in line


def test_a_visitors_mistake_is_information_of_one_line() -> None:
    line = told(record(logging.WARNING, "%s: %s", "Not Found", "/" + "x" * 5000, status_code=404))
    assert line.startswith("INFO Not Found: /xxx")
    assert len(line) < 240
    assert told(record(logging.ERROR, "%s: %s", "Broken", "/", status_code=500)).startswith("ERROR")


def test_every_handler_is_discreet() -> None:
    handlers = settings.LOGGING["handlers"].values()
    assert all("discreet" in handler["filters"] for handler in handlers)


@pytest.mark.django_db
@pytest.mark.parametrize("address", [ADDRESSES[0], *ADDRESSES[2:5]])
@pytest.mark.parametrize("headers", [{}, {"origin": "https://elsewhere.example"}], ids=str)
def test_no_refusal_writes_a_key_down(
    address: str, headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.post(address.format(KEY), headers=headers)
    browser.put(address.format(KEY), headers=headers)
    assert caplog.records
    assert not [line for line in map(told, caplog.records) if KEY in line]
