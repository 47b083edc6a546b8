"""The links on a profile: few, to the web, and never what they do not seem."""

import pytest
from django.db import IntegrityError, transaction

from hallway.journal.models import Record
from hallway.people.links import NoWebAddress, web_address
from hallway.people.models import OwnLink
from tests.people.test_editing import save
from tests.world import World

HOSTILE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " java\tscript:alert(1)",
    "data:text/html,<script>1</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://files.example/",
    "mailto:ada@company.example",
    "blob:https://evil.example/1",
    "view-source:https://evil.example",
    "//evil.example",
    "/people/ada",
    "https://",
    "https:///evil.example",
    "https:evil.example",
    "https:\\\\evil.example",
    "https://bank.example@evil.example/",
    "https://bank.example:pw@evil.example/",
    "https://evil.example\\@bank.example/",
    "https://evil.example/\u202emoc.knab",
    "https://evil\u202e.example/",
    "https://evil.example/ x",
    "https://evil.example/\nLocation: x",
    'https://evil.example/"onmouseover="x',
    "https://evil.example/<script>",
    "https://evil.example:99999/",
    "https://evil.example:0/",
    "https://[::1",
    "https://..",
    "https://" + "a" * 500,
    "?",
    "javascript://company.example/%0aalert(1)",
]


@pytest.mark.parametrize("address", HOSTILE)
def test_what_is_no_page_on_the_web_is_refused(address: str) -> None:
    with pytest.raises(NoWebAddress):
        web_address(address)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (" example.org ", "https://example.org"),
        ("HTTP://Example.org/A", "http://Example.org/A"),
        ("localhost:8000/a", "https://localhost:8000/a"),
        ("https://wiki/claims?x=1#y", "https://wiki/claims?x=1#y"),
        ("https://müller.example/über", "https://müller.example/über"),
    ],
)
def test_pages_on_the_web_are_taken(written: str, kept: str) -> None:
    assert web_address(written) == kept


def test_links_are_kept_in_their_order_and_shown_with_their_host(world: World) -> None:
    fields = {"link-label_0": "My <b>notes</b>", "link-address_0": "www.notes.example/ada",
              "link-address_2": "http://wiki/claims"}  # fmt: skip
    assert save(world, world.ada, **fields).status_code == 302
    page = world.browser(world.ben).get("/people/ada").content.decode()
    rel = 'rel="nofollow noopener noreferrer"'
    first = f'href="https://www.notes.example/ada" {rel}>My &lt;b&gt;notes&lt;/b&gt;</a>'
    assert f"{first}<span>notes.example</span>" in page
    assert f'href="http://wiki/claims" {rel}>wiki</a></li>' in page
    assert page.index("notes.example") < page.index("http://wiki")
    form = world.browser(world.ada).get("/people/me/edit").context["links"]
    told = Record.objects.count()
    save(world, world.ada, **{form.add_prefix(name): value for name, value in form.initial.items()})
    # The profile was written; the links, which are the same, were not.
    assert (OwnLink.objects.count(), Record.objects.count() - told) == (2, 1)
    save(world, world.ada)
    assert not OwnLink.objects.exists()


def test_a_bad_address_is_said_and_nothing_is_lost(world: World) -> None:
    save(world, world.ada, **{"link-address_0": "example.org"})
    sent = {"link-label_0": "Mine", "link-address_0": "javascript:alert(1)",
            "link-label_1": "Nowhere"}  # fmt: skip
    response = save(world, world.ada, title="A new title", **sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "no address on the web" in page and "Write the address to this label" in page
    assert 'value="Mine"' in page and 'value="A new title"' in page
    assert 'aria-describedby="id_link-address_0_error"' in page
    assert (world.ada.title, OwnLink.objects.get().address) == (
        "Claims handler", "https://example.org",
    )  # fmt: skip


def test_the_database_takes_no_other_address_and_no_sixth(world: World) -> None:
    for place, address in ((0, "javascript:x"), (5, "https://example.org")):
        with pytest.raises(IntegrityError), transaction.atomic():
            OwnLink.objects.create(person=world.ada, place=place, address=address)
