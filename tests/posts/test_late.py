"""A form that arrives slowly: who was deactivated or signed out meanwhile has published nothing."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.http import HttpResponse
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image

from hallway.accounts.actions import deactivate, set_password
from hallway.entries.models import Entry
from hallway.spaces.models import Space
from tests.world import World

pytestmark = pytest.mark.django_db


class Slowly(io.BytesIO):
    """A body at whose first byte something happens."""

    def __init__(self, body: bytes, happening: Callable[[], object]) -> None:
        super().__init__(body)
        self.happening: Callable[[], object] | None = happening

    def read(self, size: int | None = -1) -> bytes:
        """The next bytes; what is to happen happens before the first."""
        happening, self.happening = self.happening, None
        if happening:
            happening()
        return super().read(size)


def send(
    browser: Client, address: str, form: dict[str, object], happening: Callable[[], object]
) -> HttpResponse:
    """Send a form whose body begins to arrive when its sender is known, after `happening`."""
    body = encode_multipart(BOUNDARY, form)
    late = {"wsgi.input": Slowly(body, happening), "CONTENT_LENGTH": str(len(body))}
    return browser.generic("POST", address, b"-", content_type=MULTIPART_CONTENT, **late)


def files() -> set[Path]:
    """All that is stored."""
    folder = Path(settings.STORAGES["default"]["OPTIONS"]["location"])
    return {path for path in folder.rglob("*") if path.is_file()}


def picture() -> SimpleUploadedFile:
    """A small image."""
    held = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(held, "PNG")
    return SimpleUploadedFile("green.png", held.getvalue(), "image/png")


def place(world: World, where: str) -> str:
    """What the form says of the place: one's own wall or the open room."""
    return "0" if where == "wall" else str(world.open.pk)


@pytest.mark.parametrize("where", ["wall", "room"])
def test_who_stays_is_published_however_slowly(world: World, where: str) -> None:
    form: dict[str, object] = {"text": "Slow", "space": place(world, where)}
    send(world.browser(world.ada), "/posts", form, lambda: None)
    assert QuerySet(Entry).get().author == world.ada


@pytest.mark.parametrize("where", ["wall", "room"])
def test_who_was_deactivated_meanwhile_publishes_nothing(world: World, where: str) -> None:
    before = files()
    form: dict[str, object] = {"text": "Late", "space": place(world, where), "images": picture()}
    answer = send(
        world.browser(world.ada), "/posts", form, lambda: deactivate(world.ada, by=world.rita)
    )
    assert answer["Location"] == "/accounts/login/?next=/posts"
    assert not QuerySet(Entry).exists()
    assert not QuerySet(Space).filter(owner=world.ada).exists()
    assert files() == before


@pytest.mark.parametrize("where", ["wall", "room"])
def test_a_session_ended_by_a_new_password_publishes_nothing(world: World, where: str) -> None:
    form: dict[str, object] = {"text": "Late", "space": place(world, where)}
    answer = send(
        world.browser(world.ada), "/posts", form, lambda: set_password(world.ada, "quite another")
    )
    assert answer["Location"] == "/accounts/login/?next=/posts"
    assert not QuerySet(Entry).exists()


def test_who_was_deactivated_meanwhile_comments_nothing(world: World) -> None:
    entry = world.post(world.open, "Say something", by=world.ben)
    before = files()
    form: dict[str, object] = {"text": "Late", "images": picture()}
    address = f"/e/{entry.pk}/comments"
    answer = send(
        world.browser(world.ada), address, form, lambda: deactivate(world.ada, by=world.rita)
    )
    assert answer["Location"] == f"/accounts/login/?next={address}"
    assert QuerySet(Entry).count() == 1
    assert files() == before
