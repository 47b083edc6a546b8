"""How long a post and how large a picture may be, as administrators settle it."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from hallway.audit.models import Deed, Row
from hallway.company.models import Company
from hallway.core.guarding import as_system
from hallway.entries.models import Entry
from tests.company.test_settings import form, queries, settle
from tests.townhalls.test_announcing import filled
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

FITS = "That is too long: at most 600 characters fit."


def say(world: World, text: str, address: str = "/posts", **more: Any) -> Any:
    """Ada sends words."""
    return world.browser(world.ada).post(address, {"text": text, "space": world.open.pk, **more})


def test_a_longer_post_is_refused_and_its_words_stay(world: World) -> None:
    entry = world.post(world.open, "first " * 200, by=world.ada)
    browser = world.browser(world.ada)
    browser.get("/")
    before = queries(browser)
    settle(world, longest_text=600)
    assert 'maxlength="600"' in browser.get("/").content.decode()
    assert queries(browser) == before
    long = "w" * 601
    for address in ("/posts", f"{entry.url}/comments", f"{entry.url}/edit"):
        answer = say(world, long, address)
        assert answer.status_code == 422, address
        page = answer.content.decode()
        assert FITS in page and long in page, address
    hall = world.browser(world.ben).post("/halls/new", filled(world, text=long))
    assert hall.status_code == 422 and FITS in hall.content.decode()
    # As many as the field takes: a browser sends each end of a line as two.
    assert say(world, "a\n" * 50 + "w" * 500).status_code == 302
    assert say(world, ("a\r\n" * 50) + "w" * 500).status_code == 302
    with as_system("a test counts rows"):
        assert Entry.objects.filter(author=world.ada).count() == 3


def test_a_larger_picture_is_refused_by_its_limit(world: World) -> None:
    settle(world, largest_picture=2)
    large = SimpleUploadedFile("large.png", b"\x89PNG" + bytes(2 * 1024 * 1024))
    answer = say(world, "Look", images=large)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "This picture is larger than 2 MB." in page and "Look" in page
    large.seek(0)
    answer = world.browser(world.ada).post("/people/me/edit", {"photo": large})
    assert "This picture is larger than 2 MB." in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("longest_text", 499),
        ("longest_text", 20_001),
        ("largest_picture", 0),
        ("largest_picture", 16),
    ],
)
def test_limits_have_bounds(world: World, name: str, wrong: int) -> None:
    answer = world.confirmed(world.rita).post("/admin/settings", form(**{name: wrong}))
    assert answer.status_code == 422
    assert answer.context["form"].errors[name]
    Company.objects.get_or_create(pk=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Company.objects.filter(pk=1).update(**{name: wrong})


def test_a_change_is_noted(world: World) -> None:
    settle(world, longest_text=5_000, largest_picture=5)
    with as_system("a test looks at the log"):
        noted = Row.objects.filter(deed__in=[Deed.COMPANY_TEXT, Deed.COMPANY_PICTURE])
        assert {(row.before, row.after) for row in noted} == {("20000", "5000"), ("15", "5")}
