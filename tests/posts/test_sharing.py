"""What another app brings along stands in the box for writing, and nothing is posted by that."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from hallway.core.guarding import as_system
from hallway.entries.models import Entry
from hallway.posts.sharing import shared
from tests.world import PASSWORD, World

pytestmark = pytest.mark.django_db

WORDS = {"title": "A “better” map", "text": "Look & see\nfor yourself", "url": "https://a.example"}


def test_words_come_into_the_box_by_way_of_the_door(world: World) -> None:
    """Whoever is not signed in does so first, and finds the same words afterwards."""
    browser = Client()
    sent_away = browser.get("/posts", WORDS)
    assert sent_away.status_code == 302
    assert sent_away["Location"].startswith("/accounts/login/?next=")
    door = browser.get(sent_away["Location"])
    form = {"login": world.ada.email, "password": PASSWORD, "next": f"/posts?{urlencode(WORDS)}"}
    assert f'value="{form["next"].replace("&", "&amp;")}"' in door.content.decode()
    page = browser.post("/accounts/login/", form, follow=True).content.decode()
    assert 'value="A “better” map"' in page
    assert "Look &amp; see\nfor yourself\n\nhttps://a.example</textarea>" in page
    with as_system("nothing was posted"):
        assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("fields", "title", "text"),
    [
        (
            {"text": "See https://a.example", "url": "https://a.example"},
            "",
            "See https://a.example",
        ),
        ({"title": "Same", "text": "Same"}, "", "Same"),
        ({"title": "t" * 201, "text": "x"}, "", "t" * 201 + "\n\nx"),
        ({"url": "https://a.example"}, "", "https://a.example"),
        ({"space": "3"}, "", ""),
    ],
)
def test_nothing_is_lost_or_said_twice(fields: dict[str, str], title: str, text: str) -> None:
    assert shared(fields) == (title, text)


def test_what_is_brought_is_words_and_never_markup(world: World) -> None:
    page = world.browser(world.ada).get("/posts", {"text": "</textarea><script>x</script>"})
    assert "</textarea><script" not in page.content.decode()
