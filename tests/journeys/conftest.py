"""A company, its house and its screens; each file of journeys has a house of its own."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.core.cache import caches
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import Browser, expect

from hallway.accounts.settings import PASSWORD_HASHERS
from hallway.people.actions import add_person
from hallway.people.models import Person
from tests.emptying import empty
from tests.journeys.house import free_port, one_process
from tests.journeys.screens import Screens
from tests.world import World, build_world

pytestmark = pytest.mark.browser

# As long as a step may take; the machine that tests may be doing ten other things.
expect.set_options(timeout=20_000)


class Post(Message):
    """A mail server that keeps what it is sent."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[Any] = []

    def handle_message(self, message: Any) -> None:
        self.letters.append(message)


@dataclass
class House:
    """A running Hallway with the people of the story in it."""

    address: str
    world: World
    post: Post


@pytest.fixture(scope="module")
def empty_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database of the test run, written for good and emptied when the file is through.

    A house of its own process would see nothing of a transaction that is rolled back.
    """
    with django_db_blocker.unblock():
        # Where only journeys are run, nobody else has made the tables.
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        caches["cards"].clear()
        try:
            yield
        finally:
            empty()


@pytest.fixture(scope="module")
def founded(empty_database: None) -> World:
    """The company; passwords are hashed as the house will check them."""
    with override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        return build_world()


@pytest.fixture(scope="module")
def company_name() -> str:
    """What the company is called; a file that needs another name says so itself."""
    return "Company"


@pytest.fixture(scope="module")
def house(
    founded: World, company_name: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """`hallway run` on a free port, and a mail server."""
    post = Post()
    mail = Controller(post, hostname="127.0.0.1", port=free_port())
    mail.start()
    try:
        log = tmp_path_factory.mktemp("house") / "log"
        smtp = f"smtp://127.0.0.1:{mail.port}?security=none"
        with one_process(log, HALLWAY_SMTP_URL=smtp, HALLWAY_COMPANY=company_name) as address:
            yield House(address, founded, post)
    finally:
        mail.stop()


@pytest.fixture
def screens(house: House, browser: Browser) -> Iterator[Screens]:
    """Screens of this house; afterwards none of them may have anything to complain about."""
    opened = Screens(browser, house.address)
    yield opened
    opened.close()
    assert not opened.unexpected(), "\n".join(opened.unexpected())


@pytest.fixture
def newcomer(house: House) -> Any:
    """Adds people that only one test knows."""

    def come(name: str, **fields: Any) -> Person:
        handle = f"{name.split()[0].lower()}-{secrets.token_hex(3)}"
        return add_person(f"{handle}@company.example", name, handle=handle, **fields)

    return come
