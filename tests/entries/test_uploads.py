"""Posts and comments with images, sent as forms: what is refused leaves no file behind."""

import io
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, override_settings
from PIL import Image

from hallway.core.images import turn
from hallway.core.images.turns import most_at_once
from hallway.core.limits import LIMITS, TooFast, spend
from hallway.entries import access, pictures
from hallway.entries.actions import delete
from hallway.posts import views
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(tmp_path: Path) -> Iterator[Path]:
    """A storage of this test's own."""
    disk = {
        "BACKEND": "hallway.core.folder.Folder",
        "OPTIONS": {"location": str(tmp_path / "media")},
    }
    with override_settings(STORAGES=settings.STORAGES | {"default": disk}):
        yield tmp_path / "media"


def files_in(media: Path) -> int:
    return sum(path.is_file() for path in media.rglob("*"))


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (90, 60), "teal").save(out, "PNG")
    return SimpleUploadedFile("a.png", out.getvalue(), "image/png")


def send(browser: Client, address: str, **fields: Any) -> Any:
    return browser.post(address, {"text": "My words", "images": [picture()], **fields})


def test_what_is_published_keeps_its_files(world: World, media: Path) -> None:
    ada = world.browser(world.ada)
    assert send(ada, "/posts", space=world.open.pk).status_code == 302
    assert send(ada, "/posts", space=0).status_code == 302
    entry = world.post(world.open, "A post", by=world.ben)
    assert send(ada, f"{entry.url}/comments").status_code == 302
    assert files_in(media) == access.images_to(world.ada).count() == 3


def test_no_picture_is_read_for_who_may_not_post_there(world: World, media: Path) -> None:
    cleo = world.browser(world.cleo)
    with turn(world.cleo.pk):  # a picture that is read would be refused with other words
        for place in (world.secret.pk, 10**6, "", "x"):
            assert send(cleo, "/posts", space=place).status_code == 404
        hidden = world.post(world.secret, "Canary", by=world.ben)
        assert send(cleo, f"{hidden.url}/comments").status_code == 404
    assert files_in(media) == 0


def test_whatever_fails_leaves_no_file(
    world: World, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a surprise")

    ada = world.browser(world.ada)
    entry = world.post(world.open, "A post", by=world.ben)
    with monkeypatch.context() as patched:
        patched.setattr(import_module("hallway.entries.actions.publish"), "record", broken)
        for address in ("/posts", f"{entry.url}/comments"):
            with pytest.raises(RuntimeError):
                send(ada, address, space=world.open.pk)
    assert files_in(media) == 0


def test_a_full_disk_leaves_no_half_of_a_picture(
    world: World, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, written = pictures.store, []

    def full(data: bytes, suffix: str) -> str:
        if len(written) == 2:
            raise OSError(28, "No space left on device")
        written.append(write(data, suffix))
        return written[-1]

    monkeypatch.setattr(pictures, "store", full)
    with pytest.raises(OSError, match="No space left"):
        send(
            world.browser(world.ada),
            "/posts",
            space=world.open.pk,
            images=[picture(), picture(), picture()],
        )
    assert len(written) == 2
    assert files_in(media) == 0


@pytest.mark.django_db(transaction=True)
def test_an_error_after_the_commit_takes_no_file_that_is_shown(
    transactional_db: None, world: World, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish = views.publish_post

    def late(*given: Any, **named: Any) -> Any:
        def broken() -> None:
            raise RuntimeError("after the commit")

        transaction.on_commit(broken)
        return publish(*given, **named)

    monkeypatch.setattr(views, "publish_post", late)
    with pytest.raises(RuntimeError, match="after the commit"):
        send(world.browser(world.ada), "/posts", space=world.open.pk)
    assert files_in(media) == access.images_to(world.ada).count() == 1


def test_who_is_told_to_wait_keeps_the_words(world: World, media: Path) -> None:
    ada = world.browser(world.ada)
    entry = world.post(world.open, "A post", by=world.ben)
    held = [turn(1000 + other) for other in range(most_at_once())]
    for each in held:
        each.__enter__()
    try:
        answers = [send(ada, "/posts", space=world.open.pk), send(ada, f"{entry.url}/comments")]
    finally:
        for each in held:
            each.__exit__(None, None, None)
    for answer in answers:
        assert answer.status_code == 422
        html = answer.content.decode()
        assert "Many pictures are being read just now. Try again in a moment." in html
        assert "My words" in html
    assert send(ada, "/posts", space=world.open.pk).status_code == 302


def exhausted(person: int, deed: str) -> None:
    """Use all that is granted at once."""
    spend(person, deed, LIMITS[deed].at_once)
    with pytest.raises(TooFast):
        spend(person, deed)


@pytest.mark.parametrize("deed", ["write", "picture"])
def test_who_floods_is_stopped_with_the_words_kept(
    world: World, media: Path, deed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)  # nothing fills again meanwhile
    ada, entry = world.browser(world.ada), world.post(world.open, "A post", by=world.ada)
    exhausted(world.ada.pk, deed)
    before = access.visible_to(world.ben).count()
    answers = [send(ada, "/posts", space=world.open.pk), send(ada, f"{entry.url}/comments")]
    if deed == "write":
        answers.append(ada.post(f"{entry.url}/edit", {"text": "My words"}))
    for answer in answers:
        assert answer.status_code == 429
        assert 1 <= int(answer["Retry-After"]) <= LIMITS[deed].seconds + 1
        html = answer.content.decode()
        assert "That was a lot at once. Try again in" in html
        assert "My words" in html
    assert access.visible_to(world.ben).count() == before
    assert files_in(media) == 0
    delete(entry, by=world.ada)
    if deed == "write":
        assert send(world.browser(world.ben), "/posts", space=world.open.pk).status_code == 302
