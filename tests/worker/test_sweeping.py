"""Files that nothing shows are erased after a day; whatever a row names stays."""

import io
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import override_settings
from PIL import Image

from hallway.core.guarding import as_system
from hallway.core.images import PROFILE, accept
from hallway.core.storage import open_stored, store
from hallway.entries.actions import Draft, NewImage, delete, send_ahead
from hallway.entries.models import Attachment, Upload
from hallway.people.actions import change_photo
from hallway.people.models import Photo
from hallway.posts.actions import publish_post
from hallway.worker.chores import Chores
from hallway.worker.sweeping import sweep
from tests.objects import in_a_bucket
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["folder", "bucket"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty storage of each kind: with paths, and without."""
    if request.param == "folder":
        folder = {"location": str(tmp_path / "media")}
        backend: dict[str, object] = {"BACKEND": "hallway.core.folder.Folder", "OPTIONS": folder}
    else:
        backend = in_a_bucket(request.getfixturevalue("bucket"))
    with override_settings(STORAGES=settings.STORAGES | {"default": backend}):
        yield request.param


def shown(world: World) -> list[str]:
    """Files that rows name: a photo in three sizes, an image shown, one deleted, one sent ahead."""
    picture = accept(_png(), sizes=PROFILE)
    change_photo(world.ada, picture, by=world.ada)
    for text in ("Shown", "Deleted"):
        image = NewImage({640: store(b"a", ".webp"), 1600: store(b"b", ".webp")}, 9, 9)
        entry = publish_post(Draft(text, images=[image]), world.open, by=world.ada)
        if text == "Deleted":
            delete(entry, by=world.ada)
    send_ahead(NewImage({640: store(b"c", ".webp")}, 9, 9), by=world.ada)
    with as_system("a test asks which files are named"):
        rows = [*Attachment.objects.all(), *Upload.objects.all()]
        names = [name for row in rows for name in row.stored.values()]
    return [*names, *Photo.objects.get(person=world.ada).files.values()]


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (400, 400), "teal").save(out, "PNG")
    return out.getvalue()


def age(name: str, hours: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the file be so old, and in a bucket, all its files."""
    try:
        path = default_storage.path(name)
    except NotImplementedError:
        later = datetime.now(UTC) + timedelta(hours=hours)
        monkeypatch.setattr("django.utils.timezone.now", lambda: later)
        return
    moment = time.time() - hours * 3600
    os.utime(path, (moment, moment))


def test_only_what_nothing_shows_is_erased(
    world: World, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = shown(world)
    assert len(named) == 8
    forgotten = [store(b"x", ".webp"), store(b"y"), store(b"z", ".pdf")]
    for name in [*named, *forgotten]:
        age(name, 25, monkeypatch)
    assert sum(sweep()) == 3
    for name in named:
        with open_stored(name) as file:
            assert file.read()
    for name in forgotten:
        assert not default_storage.exists(name)
    assert sum(sweep()) == 0


def test_what_is_younger_than_a_day_stays(
    world: World, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = store(b"on its way", ".webp")
    age(name, 23, monkeypatch)
    assert sum(sweep()) == 0
    assert default_storage.exists(name)


@pytest.mark.parametrize("kept", ["folder"], indirect=True)
def test_what_we_did_not_store_is_left_alone(
    world: World, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("readme.txt", "ab/cd/notes.txt", "ab/old.webp", "lost+found/x"):
        path = Path(default_storage.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine")
        age(name, 1000, monkeypatch)
    assert sum(sweep()) == 0
    assert Path(default_storage.path("ab/cd/notes.txt")).exists()


@pytest.mark.parametrize("kept", ["folder"], indirect=True)
def test_the_worker_sweeps_a_folder_at_a_time(
    world: World, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    forgotten = [store(b"x", ".webp") for _ in range(9)]
    for name in forgotten:
        age(name, 25, monkeypatch)
    folders = len({name[:2] for name in forgotten})
    assert folders > 1
    chores = Chores([])
    assert chores.do_what_is_due()
    left = []
    for _ in range(folders):
        chores.do_what_is_due()
        left.append(sum(default_storage.exists(name) for name in forgotten))
    assert left[0] > 0
    assert left[-1] == 0
