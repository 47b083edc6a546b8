"""Stored bytes lie under names nobody chose, and are on disk before anyone refers to them."""

from __future__ import annotations

import io
import os
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from hallway.core.keeping import LOCK, erasing, keeping_all
from hallway.core.storage import erase_stored, open_stored, put_back, store, stored


@pytest.fixture(autouse=True)
def media(tmp_path: Path) -> Iterator[Path]:
    folder = {"location": str(tmp_path / "media")}
    disk = {"BACKEND": "hallway.core.folder.Folder", "OPTIONS": folder}
    with override_settings(STORAGES=settings.STORAGES | {"default": disk}):
        yield tmp_path / "media"


def test_bytes_and_files_come_back(media: Path) -> None:
    for data in (b"abc", io.BytesIO(b"abc")):
        name = store(data, ".webp")
        assert re.fullmatch(r"([0-9a-f]{2})/([0-9a-f]{2})/\1\2[0-9a-f]{28}\.webp", name)
        assert (media / name).read_bytes() == b"abc"
        with open_stored(name) as file:
            assert file.read() == b"abc"


def test_no_name_is_given_twice() -> None:
    assert len({store(b"same") for _ in range(20)}) == 20


def test_erasing_twice_is_erasing_once(media: Path) -> None:
    name = store(b"abc")
    erase_stored(name)
    erase_stored(name)
    assert not (media / name).exists()


@pytest.mark.parametrize("suffix", ["webp", "../x", "./x", ".a/b", ".WEBP", ".a\n", ".aaaaaaaaa"])
def test_a_suffix_is_no_path(suffix: str) -> None:
    with pytest.raises(ValueError, match="suffix"):
        store(b"abc", suffix)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "ab/cd/x", "", "ab/cd/" + "a" * 32 + "\n"]
)
def test_only_our_own_names_are_opened(name: str) -> None:
    for deed in (open_stored, erase_stored):
        with pytest.raises(ValueError, match="stored file"):
            deed(name)


def test_nothing_is_erased_while_a_backup_keeps_it(media: Path) -> None:
    name = store(b"abc")
    with keeping_all():
        assert not erase_stored(name)
        assert [*stored()] == [(name, 3)]
    assert erase_stored(name)
    assert [*stored()] == []


def test_what_root_keeps_the_user_of_hallway_can_erase(media: Path) -> None:
    if os.geteuid() == 0:
        os.chown(media.parent, 65534, 65534)
    with keeping_all():
        pass
    assert media.stat().st_uid == (media / LOCK).stat().st_uid == media.parent.stat().st_uid


def test_a_backup_waits_for_who_is_erasing(media: Path) -> None:
    store(b"abc")
    with keeping_all():
        pass
    began = threading.Event()

    def keep() -> None:
        with keeping_all():
            began.set()

    thread = threading.Thread(target=keep)
    with erasing() as may_erase:
        assert may_erase
        thread.start()
        assert not began.wait(0.1)
    assert began.wait(10)
    thread.join()


def test_what_is_put_back_has_the_name_it_had(media: Path) -> None:
    name = store(b"abc", ".webp")
    with pytest.raises(FileExistsError):
        put_back(name, io.BytesIO(b"other"))
    assert (media / name).read_bytes() == b"abc"
    erase_stored(name)
    put_back(name, io.BytesIO(b"abc"))
    assert (media / name).read_bytes() == b"abc"
    with pytest.raises(ValueError, match="stored file"):
        put_back("../../escaped", io.BytesIO(b"abc"))
