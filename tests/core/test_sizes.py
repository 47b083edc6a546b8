"""Requests that are too large are refused before anything is read or written."""

from typing import Any

import pytest
from django.test import Client
from django.test.client import FakePayload

from hallway.core import sizes
from tests.world import World

pytestmark = pytest.mark.django_db


class Unread(FakePayload):
    """A body that nobody may read."""

    def read(self, *_: Any, **__: Any) -> bytes:
        raise AssertionError("the body was read")


def send(browser: Client, address: str, size: int) -> Any:
    return browser.generic(
        "POST",
        address,
        CONTENT_TYPE="multipart/form-data; boundary=b",
        CONTENT_LENGTH=str(size),
        **{"wsgi.input": Unread(b"x")},
    )


@pytest.mark.parametrize("address", ["/posts", "/accounts/login/", "/people/me/edit"])
def test_strangers_send_little(world: World, address: str) -> None:
    stranger = Client()
    stranger.cookies["session"] = "made-up" * 4
    for browser in (Client(), stranger):
        response = send(browser, address, sizes.SMALL + 1)
        assert response.status_code == 413
        assert "too large" in response.content.decode()
        assert "Content-Security-Policy" in response.headers


def test_people_send_pictures_only_where_pictures_go(world: World) -> None:
    browser = world.browser(world.ada)
    assert send(browser, "/spaces/new", sizes.SMALL + 1).status_code == 413
    for address in ("/posts", "/people/me/edit", "/e/1/comments"):
        assert send(browser, address, sizes.LARGE + 1).status_code == 413
    for address in ("/posts", "/people/me/edit"):
        with pytest.raises(AssertionError, match="was read"):
            send(browser, address, sizes.SMALL + 1)
    # Nothing is there, which is found out before anything is read.
    assert send(browser, "/e/1/comments", sizes.SMALL + 1).status_code == 404


def test_after_signing_out_the_key_sends_no_more(world: World) -> None:
    browser = world.browser(world.ada)
    key = browser.session.session_key or ""
    assert sizes.may_upload("/posts", key)
    assert not sizes.may_upload("/posts/", key)
    browser.session.delete()
    assert not sizes.may_upload("/posts", key)


@pytest.mark.parametrize("length", ["-1", "9" * 20, "1e3", "٣"])
def test_a_length_that_is_none_is_too_large(world: World, length: str) -> None:
    response = Client().generic(
        "POST",
        "/posts",
        content_type="text/plain",
        CONTENT_LENGTH=length,
        **{"wsgi.input": Unread(b"")},
    )
    assert response.status_code == 413
