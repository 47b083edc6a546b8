"""No backup brings back who was erased after it."""

import shutil
from pathlib import Path

import pytest

from tests.backup.conftest import Place, _server, mother, place
from tests.cli.mother import Mother
from tests.owndata.company import ask

__all__ = ["_server", "mother", "place"]

# Both databases, though no test here asks Django's own for anything.
pytestmark = [pytest.mark.slow, pytest.mark.sqlite, pytest.mark.postgresql]


def test_an_older_backup_does_not_bring_anybody_back(
    place: Place, mother: Mother, tmp_path: Path
) -> None:
    here, there, lost = place(), place(), place()
    ask("found", here)
    archive = tmp_path / "before.tar"
    saved = mother.hallway("backup", str(archive), folder=tmp_path, **here)
    assert saved.returncode == 0, saved.stderr
    ask("erase", here)
    assert ask("look", here)["words"] == {}

    # With the list of the old folder beside it, the backup is restored without the person.
    folder = Path(there["HALLWAY_DATA"])
    folder.mkdir()
    shutil.copy(Path(here["HALLWAY_DATA"]) / "erasures", folder)
    back = mother.hallway("restore", str(archive), folder=tmp_path, **there)
    assert back.returncode == 0, back.stderr
    assert "erased again: 1." in back.stdout
    restored = ask("look", there)
    assert restored["words"] == {}
    assert "Former member" in restored["people"]
    assert "Ben Okafor" in restored["people"]

    # Without it, the operator is told; and a later backup has the list in it.
    back = mother.hallway("restore", str(archive), folder=tmp_path, **lost)
    assert "There is no list of erased accounts" in back.stdout
    assert "Zinaida Cnryname" in ask("look", lost)["people"]
    later = tmp_path / "later.tar"
    mother.hallway("backup", str(later), folder=tmp_path, **there)
    after = place()
    back = mother.hallway("restore", str(later), folder=tmp_path, **after)
    assert back.returncode == 0, back.stderr
    assert (Path(after["HALLWAY_DATA"]) / "erasures").read_bytes() == (
        folder / "erasures"
    ).read_bytes()
