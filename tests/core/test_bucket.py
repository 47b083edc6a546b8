"""Files in an object store come and go as those in a folder do, and nobody else may read them."""

from __future__ import annotations

import io
import random
import urllib.error
import urllib.request
from collections.abc import Iterator
from threading import Thread
from typing import cast

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.db import connection
from django.test import override_settings

from hallway.core import bucket as buckets
from hallway.core.bucket import Bucket
from hallway.core.fullness import says_full
from hallway.core.keeping import keeping_all
from hallway.core.storage import erase_stored, open_stored, put_back, store, stored
from tests.objects import in_a_bucket, new_bucket

# It asks PostgreSQL whether a backup keeps all.
pytestmark = pytest.mark.django_db


@pytest.fixture
def held(bucket: str) -> Iterator[Bucket]:
    with override_settings(STORAGES=settings.STORAGES | {"default": in_a_bucket(bucket)}):
        yield cast("Bucket", storages["default"])


def test_bytes_come_back_and_go(held: Bucket) -> None:
    names = [store(data, ".webp") for data in (b"abc", io.BytesIO(b"abc"), b"")]
    assert [*stored()] == sorted(zip(names, (3, 3, 0), strict=True))
    for name, size in stored():
        with open_stored(name) as file:
            assert file.read() == b"abc"[:size]
    assert all(erase_stored(name) for name in [*names, *names])
    assert [*stored()] == []
    with pytest.raises(FileNotFoundError):
        open_stored(names[0])


def test_one_can_jump_in_a_file_as_in_any(held: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buckets, "MULTIPART", 5 * 2**20)
    data = random.Random(1).randbytes(11 * 2**20)
    with open_stored(store(io.BytesIO(data))) as file:
        assert file.seek(0, io.SEEK_END) == len(data)
        assert file.read(1) == b""
        for place in (0, 9_000_000, 70, len(data) - 3):
            file.seek(place)
            assert file.tell() == place
            assert file.read(100_000) == data[place : place + 100_000]
        file.seek(0)
        assert b"".join(iter(lambda: file.read(1_000_000), b"")) == data
        with pytest.raises(ValueError, match="beginning"):
            file.seek(-1)


def test_what_is_put_back_has_the_name_it_had(held: Bucket) -> None:
    name = store(b"abc", ".webp")
    with pytest.raises(FileExistsError):
        put_back(name, io.BytesIO(b"other"))
    erase_stored(name)
    put_back(name, io.BytesIO(b"abc"))
    assert [*stored()] == [(name, 3)]


def test_companies_share_a_bucket_and_see_only_their_own(held: Bucket, bucket: str) -> None:
    name = store(b"abc")
    beside = in_a_bucket(bucket.replace("/company/files", "/company/file"))
    with override_settings(STORAGES=settings.STORAGES | {"default": beside}):
        assert [*stored()] == []
        with pytest.raises(FileNotFoundError):
            open_stored(name)


def test_nobody_reads_a_file_past_hallway(held: Bucket, object_store: str) -> None:
    name = store(b"abc")
    assert not held.is_open_to_all(name)
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{object_store}/{held.bucket}/company/files/{name}")
    assert refused.value.code == 403


def test_a_store_that_is_away_is_told_apart_from_a_file_that_is_gone(held: Bucket) -> None:
    away = in_a_bucket("s3://a:b@files?endpoint=http://127.0.0.1:9")
    with override_settings(STORAGES=settings.STORAGES | {"default": away}):
        with pytest.raises(OSError, match="127") as unsaved:
            store(b"abc")
        assert says_full(unsaved.value)  # whoever wrote words keeps them
        with pytest.raises(buckets.NotKept):
            open_stored("ab/cd/" + "a" * 32)
        with pytest.raises(buckets.NotKept):
            [*stored()]


def test_a_wrong_bucket_is_said(object_store: str) -> None:
    url = new_bucket(object_store).replace("@files-", "@no-files-")
    there = override_settings(STORAGES=settings.STORAGES | {"default": in_a_bucket(url)})
    with there, pytest.raises(OSError, match="NoSuchBucket"):
        store(b"abc")


@pytest.mark.django_db(transaction=True)
def test_nothing_is_erased_by_another_process_while_a_backup_keeps_it(held: Bucket) -> None:
    name = store(b"abc")
    with keeping_all():
        assert not erased_elsewhere(name)
        assert [*stored()] == [(name, 3)]
    assert erased_elsewhere(name)
    assert [*stored()] == []


def erased_elsewhere(name: str) -> bool:
    """What `erase_stored` says to another process, or to a thread with a connection of its own."""
    told: list[bool] = []

    def erase() -> None:
        told.append(erase_stored(name))
        connection.close()

    thread = Thread(target=erase)
    thread.start()
    thread.join()
    return told[0]
