"""A picture in an object store comes through the same door, to the same people, as from disk."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import override_settings

from hallway.core.guarding import as_system
from hallway.core.storage import store, stored
from hallway.entries.actions import Draft, NewImage
from hallway.entries.models import Attachment
from hallway.posts.actions import publish_post
from tests.objects import in_a_bucket
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def held(bucket: str) -> Iterator[None]:
    with override_settings(STORAGES=settings.STORAGES | {"default": in_a_bucket(bucket)}):
        yield


def address_of_a_secret_picture(world: World) -> str:
    image = NewImage({640: store(b"a picture", ".webp")}, 640, 480)
    publish_post(Draft("Secret", images=[image]), world.secret, by=world.ada)
    with as_system("a test asks for the address of a picture"):
        return f"/e/images/{Attachment.objects.get().pk}/640"


def test_who_may_see_the_entry_sees_the_picture_and_nobody_else(world: World) -> None:
    address = address_of_a_secret_picture(world)
    answer = world.browser(world.ada).get(address)
    assert b"".join(answer) == b"a picture"
    assert answer.headers["Content-Length"] == "9"
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert world.browser(world.cleo).get(address).status_code == 404


def test_a_picture_that_the_store_has_lost_is_an_error_not_another_picture(world: World) -> None:
    address = address_of_a_secret_picture(world)
    browser = world.browser(world.ada)
    browser.raise_request_exception = False
    away = in_a_bucket("s3://a:b@files?endpoint=http://127.0.0.1:9")
    with override_settings(STORAGES=settings.STORAGES | {"default": away}):
        assert browser.get(address).status_code == 500
    assert browser.get(address).status_code == 200
    assert len([*stored()]) == 1
