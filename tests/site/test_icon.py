"""The icon in the browser's tab: the mark in the company's colour, for everybody."""

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db


def test_pages_name_the_icon_in_the_companys_colour() -> None:
    address = f"/brand/{settings.CONFIG.hue}.svg"
    assert f'<link rel="icon" href="{address}"' in Client().get("/accounts/login/").content.decode()
    answer = Client().get(address)
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer.content.startswith(b"<svg ")
    assert f".09 {settings.CONFIG.hue})".encode() in answer.content


def test_another_hue_is_another_icon() -> None:
    assert Client().get("/brand/20.svg").content != Client().get("/brand/300.svg").content
    assert Client().get("/brand/361.svg").status_code == 404


def test_browsers_that_were_not_told_find_it_too() -> None:
    """They ask for /favicon.ico beside whatever has no head: a file, a picture, plain text."""
    answer = Client().get("/favicon.ico")
    assert answer.status_code == 302
    assert answer["Location"] == f"/brand/{settings.CONFIG.hue}.svg"
    assert "max-age" in answer["Cache-Control"]
