"""Hallway on a home screen: the manifest, the mark as pictures, and who may fetch them."""

from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from PIL import Image

from hallway.site.colours import brand, srgb, written

pytestmark = pytest.mark.django_db


def test_every_page_names_a_manifest_that_carries_the_company() -> None:
    page = Client().get("/accounts/login/").content.decode()
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    answer = Client().get("/manifest.webmanifest", headers={"Accept-Language": "de"})
    assert answer["Content-Type"] == "application/manifest+json"
    assert "Accept-Language" in answer["Vary"]
    told = answer.json()
    assert (told["name"], told["lang"]) == (settings.CONFIG.company, "de")
    assert (told["scope"], told["start_url"], told["display"]) == ("/", "/", "standalone")
    assert [each["name"] for each in told["shortcuts"]] == ["Beitrag schreiben", "Mitteilungen"]


def test_its_icons_are_pictures_of_the_size_it_says() -> None:
    icons = Client().get("/manifest.webmanifest").json()["icons"]
    assert {(each["sizes"], each["purpose"]) for each in icons} == {
        (size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")
    }
    hue = settings.CONFIG.hue
    for icon in icons:
        picture = Image.open(BytesIO(Client().get(icon["src"]).content)).convert("RGBA")
        width = int(icon["sizes"].partition("x")[0])
        assert picture.size == (width, width)
        # Only what the device will cut by itself reaches to the corners.
        corner = picture.getpixel((0, 0))
        assert corner == ((*brand(hue), 255) if icon["purpose"] == "maskable" else (0, 0, 0, 0))
        assert picture.getpixel((width // 2, width * 3 // 4)) == (255, 255, 255, 255)


def test_a_phone_of_another_maker_finds_its_own() -> None:
    address = f"/brand/{settings.CONFIG.hue}-180-maskable.png"
    page = Client().get("/accounts/login/").content.decode()
    assert f'<link rel="apple-touch-icon" href="{address}">' in page
    assert Client().get(address)["Content-Type"] == "image/png"


@pytest.mark.parametrize("name", ["361-192", "20-48", "20-100000"])
def test_nobody_has_other_sizes_and_hues_drawn(name: str) -> None:
    assert Client().get(f"/brand/{name}.png").status_code == 404


def test_colours_are_those_of_the_style_sheet() -> None:
    """Known pairs: https://www.w3.org/TR/css-color-4/#ok-lab has red and white."""
    assert srgb(0.62796, 0.25768, 29.23) == (255, 0, 0)
    assert written(srgb(1, 0, 0)) == "#ffffff"
