"""What cannot be saved or restored is refused in one sentence, and nothing is changed by it."""

import hashlib
import io
import json
import random
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.backup.conftest import Place
from tests.cli.mother import Mother
from tests.cli.test_failing import refused

pytestmark = [pytest.mark.sqlite, pytest.mark.postgresql]

PEOPLE = "name,email\nEve Adeyemi,eve@company.example\n"
STORED = "ab/cd/abcd" + "0" * 28 + ".webp"

Part = tuple[tarfile.TarInfo, bytes]


class Desk:
    """A folder with a small company, and a backup of it."""

    def __init__(self, folder: Path, mother: Mother, place: Place) -> None:
        self.folder, self.mother, self.place = folder, mother, place
        self.here = place()
        self.archive = folder / "saved.tar"
        (folder / "people.csv").write_text(PEOPLE)
        self.run("migrate", **self.here)
        self.run("import", "people", "people.csv", **self.here)
        path = Path(self.here["HALLWAY_DATA"]) / "files" / STORED
        path.parent.mkdir(parents=True)
        path.write_bytes(b"a picture" * 300)
        self.run("backup", str(self.archive), **self.here)

    def hallway(self, *arguments: str, **given: str) -> "subprocess.CompletedProcess[str]":
        return self.mother.hallway(*arguments, folder=self.folder, **given)

    def run(self, *arguments: str, **given: str) -> None:
        answer = self.hallway(*arguments, **given)
        assert answer.returncode == 0, answer.stderr

    def parts(self) -> list[Part]:
        with tarfile.open(self.archive) as tar:
            return [(part, tar.extractfile(part).read()) for part in tar]  # type: ignore[union-attr]

    def forged(self, parts: list[Part]) -> Path:
        path = self.folder / "forged.tar"
        with tarfile.open(path, "w") as tar:
            for part, data in parts:
                part.size = len(data)
                tar.addfile(part, io.BytesIO(data))
        return path


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, mother: Mother, place: Place) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"), mother, place)


def nothing_in(settings: dict[str, str]) -> bool:
    folder = Path(settings["HALLWAY_DATA"])
    return {path.name for path in folder.iterdir()} <= {"secret-key"}


def renamed(parts: list[Part], old: str, new: str) -> list[Part]:
    for part, _ in parts:
        part.name = new if part.name == old else part.name
    return parts


def changed(parts: list[Part], name: str) -> list[Part]:
    return [(p, data[:-9] + b"?" + data[-8:] if p.name == name else data) for p, data in parts]


FILE = f"files/{STORED}"
FORGERIES: dict[str, Callable[[list[Part]], list[Part]]] = {
    **{
        f"a changed {name[:9]}": lambda parts, name=name: changed(parts, name)  # type: ignore[misc]
        for name in ("database", FILE, "SHA256SUMS", "manifest.json", "manifest.sha256")
    },
    "a file less": lambda parts: [part for part in parts if part[0].name != FILE],
    "no manifest": lambda parts: parts[:-2],
    "another order": lambda parts: parts[::-1],
    "a file after the end": lambda parts: [*parts, parts[1]],
    "a way out": lambda parts: renamed(parts, FILE, "files/../../escaped"),
    "an absolute way out": lambda parts: renamed(parts, FILE, "/tmp/hallway-escaped"),
    "another name": lambda parts: renamed(parts, FILE, FILE.replace("0", "1")),
}


def test_a_changed_backup_is_refused_and_nothing_is_written(desk: Desk) -> None:
    empty = desk.place()
    for name, forge in FORGERIES.items():
        path = desk.forged(forge(desk.parts()))
        answer = desk.hallway("restore", str(path), **empty)
        refused(answer, "forged.tar")
        assert nothing_in(empty), name
    # Or nothing was shown: the parts as they are, packed anew, are good.
    desk.run("restore", str(desk.forged(desk.parts())), **empty)
    assert (Path(empty["HALLWAY_DATA"]) / "files" / STORED).read_bytes() == b"a picture" * 300


def test_a_backup_cut_off_anywhere_is_refused(desk: Desk) -> None:
    empty = desk.place()
    whole = desk.archive.read_bytes()
    end = whole.rindex(b"  manifest.json\n")
    chance = random.Random(3)
    for length in [0, 1, 512, end - 1, *(chance.randrange(end) for _ in range(6))]:
        cut = desk.folder / "cut.tar"
        cut.write_bytes(whole[:length])
        refused(desk.hallway("restore", str(cut), **empty), "cut.tar")
        assert nothing_in(empty), length


def test_nothing_is_restored_over_what_is_there(desk: Desk) -> None:
    refused(desk.hallway("restore", str(desk.archive), **desk.here), "not empty")
    if "HALLWAY_DATABASE_URL" in desk.here:
        other = desk.place()
        mixed = {**other, "HALLWAY_DATABASE_URL": desk.here["HALLWAY_DATABASE_URL"]}
        refused(desk.hallway("restore", str(desk.archive), **mixed), "database is not empty")
        assert nothing_in(other)


def test_nothing_else_is_overwritten(desk: Desk) -> None:
    before = desk.archive.read_bytes()
    refused(desk.hallway("backup", str(desk.archive), **desk.here), "exists already")
    assert desk.archive.read_bytes() == before
    refused(desk.hallway("backup", "no-such/x.tar", **desk.here), "There is no folder")
    refused(desk.hallway("backup", "people.csv", **desk.here), ".tar")


@pytest.mark.parametrize("before", ["full_disk", "obey_modes"])
def test_a_backup_that_fails_leaves_nothing(desk: Desk, tmp_path: Path, before: str) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    if before == "obey_modes":
        folder.chmod(0o500)
    answer = desk.mother.hallway("backup", "out", folder=tmp_path, before=before, **desk.here)
    refused(answer)
    assert list(folder.iterdir()) == []


def test_after_a_restore_that_was_cut_off_nothing_starts(desk: Desk) -> None:
    empty = desk.place()
    folder = Path(empty["HALLWAY_DATA"])
    folder.mkdir()
    (folder / "restoring").touch()
    for arguments in (["run"], ["migrate"], ["restore", str(desk.archive)]):
        refused(desk.hallway(*arguments, **empty), "did not come to its end")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("database", "oracle", "is of oracle"),
        ("migrations", ["people.9999_later"], "Install that version or a newer one"),
        ("format", 2, "does not know"),
        ("size", 2**60, "not enough room"),
        ("rows", {}, "other rows"),
    ],
)
def test_what_this_version_cannot_use_is_refused(
    desk: Desk, field: str, value: object, words: str
) -> None:
    """The manifest is changed and sealed anew, as another version would have written it."""
    empty = desk.place()
    parts = desk.parts()
    (sealed, text), (seal, _) = parts[-2:]
    other = json.dumps(json.loads(text) | {field: value}).encode()
    line = f"{hashlib.sha256(other).hexdigest()}  manifest.json\n".encode()
    path = desk.forged([*parts[:-2], (sealed, other), (seal, line)])
    refused(desk.hallway("restore", str(path), **empty), words)
    if field == "rows":  # found out last
        refused(desk.hallway("run", **empty), "did not come to its end")
    else:
        assert nothing_in(empty)
