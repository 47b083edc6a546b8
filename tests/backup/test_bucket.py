"""A company with its files in a bucket is saved, and comes back in another one."""

from pathlib import Path

import pytest

from tests.backup.company import look, start
from tests.backup.conftest import Place
from tests.cli.mother import Mother
from tests.objects import new_bucket


@pytest.mark.slow
@pytest.mark.postgresql
def test_files_in_a_bucket_are_saved_and_come_back(
    place: Place, mother: Mother, object_store: str, tmp_path: Path
) -> None:
    here = place() | {"HALLWAY_STORAGE_URL": new_bucket(object_store)}
    beside = place() | {"HALLWAY_STORAGE_URL": new_bucket(object_store, "/company")}
    assert mother.hallway("migrate", folder=tmp_path, **here).returncode == 0
    with start("hang", here) as process:
        assert process.wait() == 0
    saved = mother.hallway("backup", str(tmp_path), folder=tmp_path, **here)
    assert saved.returncode == 0, saved.stderr
    (archive,) = tmp_path.glob("*.tar")
    assert "and 4 files" in saved.stdout

    taken = place() | {"HALLWAY_STORAGE_URL": here["HALLWAY_STORAGE_URL"]}
    refused = mother.hallway("restore", str(archive), folder=tmp_path, **taken)
    assert refused.returncode != 0
    assert "in which there are files. Nothing was changed" in refused.stderr

    back = mother.hallway("restore", str(archive), folder=tmp_path, **beside)
    assert back.returncode == 0, back.stderr
    assert look(beside)["files"] == look(here)["files"]
    assert not (Path(beside["HALLWAY_DATA"]) / "files").exists()


@pytest.mark.slow
@pytest.mark.sqlite
def test_the_doctor_tries_the_object_store(
    place: Place, mother: Mother, object_store: str, tmp_path: Path
) -> None:
    url = new_bucket(object_store)
    here = place() | {"HALLWAY_STORAGE_URL": url}
    told = mother.hallway("doctor", folder=tmp_path, **here)
    assert "nobody else may read them" in told.stdout, told.stderr
    here["HALLWAY_STORAGE_URL"] = url.replace("@files-", "@no-files-")
    told = mother.hallway("doctor", folder=tmp_path, **here)
    assert "do  Files: not kept" in told.stdout
    assert "NoSuchBucket" in told.stdout
    assert told.returncode == 1
