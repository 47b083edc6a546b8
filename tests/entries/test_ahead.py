"""Pictures sent ahead of a post: kept for their owner alone, shown once, given up in time."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hallway.core.guarding import as_system
from hallway.core.storage import open_stored
from hallway.entries import access
from hallway.entries.actions.send_ahead import MOST_KEPT, give_up_old
from hallway.entries.models import Attachment, Entry, Upload
from hallway.people.models import Person
from tests.journeys.pictures import picture
from tests.world import World

pytestmark = pytest.mark.django_db


def sent(world: World, by: Person, data: bytes | None = None) -> tuple[int, dict[str, object]]:
    """What the answer to a picture says."""
    file = SimpleUploadedFile(
        "a.png", picture("teal").getvalue() if data is None else data, "image/png"
    )
    answer = world.browser(by).post("/e/images", {"image": file})
    return answer.status_code, answer.json()


def stored_of(row: Upload) -> str:
    return str(next(iter(row.stored.values())))


def test_pictures_sent_ahead_hang_on_the_post_in_the_order_of_the_form(world: World) -> None:
    first, second = (int(str(sent(world, world.ada)[1]["upload"])) for _ in range(2))
    form = {
        "text": "Look",
        "space": "0",
        "upload": [second, first],
        "alt": ["Second", "First"],
        "key": str(uuid.uuid4()),
    }
    for _ in range(2):
        # Also when the answer to the first sending was lost.
        assert world.browser(world.ada).post("/posts", form).status_code == 302
    with as_system("what is there"):
        assert list(Attachment.objects.values_list("alt", flat=True)) == ["Second", "First"]
        assert not Upload.objects.exists()
        names = Attachment.objects.values_list("stored", flat=True)
        for name in (name for stored in names for name in stored.values()):
            open_stored(name).close()


def test_nobody_else_sees_or_takes_them(world: World) -> None:
    status, answer = sent(world, world.ada)
    assert status == 201
    address = str(answer["url"])
    assert world.browser(world.ada).get(address)["Content-Type"] == "image/webp"
    for other in (world.ben, world.rita):
        assert world.browser(other).get(address).status_code == 404
    form = {"text": "Mine now", "space": "0", "upload": [answer["upload"]]}
    page = world.browser(world.ben).post("/posts", form)
    assert page.status_code == 422
    assert "Mine now" in page.content.decode()
    assert "is not kept any more" in page.content.decode()
    with as_system("what is there"):
        assert not Entry.objects.exists()
        assert Upload.objects.count() == 1


def test_what_is_no_picture_is_refused_in_words(world: World) -> None:
    status, answer = sent(world, world.ada, b"no picture at all")
    assert status == 422
    assert "not a picture" in str(answer["error"])
    assert not access.uploads_of(world.ada).exists()


def test_they_are_given_up_in_the_end(world: World) -> None:
    sent(world, world.ada)
    with as_system("an old draft, and a person who chooses many"):
        kept = Upload.objects.get()
        for _ in range(MOST_KEPT):
            Upload.objects.create(person=world.ben, stored=kept.stored, width=1, height=1)
    sent(world, world.ben)
    assert access.uploads_of(world.ben).count() == MOST_KEPT
    access.uploads_of(world.ben).update(at=timezone.now() - timedelta(days=8))
    give_up_old()
    assert not access.uploads_of(world.ben).exists()
    assert access.uploads_of(world.ada).exists()
