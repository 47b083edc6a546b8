"""The demo keeps away from every folder that is not its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hallway.cli.demo import environment
from hallway.demo.folder import MARKER, DemoInUse, NotADemo, claimed

ROOT = Path(__file__).parents[2]


def test_a_folder_with_somebody_elses_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "hallway.sqlite3").write_text("a real company")
    with pytest.raises(NotADemo, match="keeps away"), claimed(tmp_path):
        pytest.fail("it was taken")
    assert [path.name for path in tmp_path.iterdir()] == ["hallway.sqlite3"]


def test_beginning_anew_empties_the_demo_and_nothing_else(tmp_path: Path) -> None:
    folder, beside = tmp_path / "demo", tmp_path / "beside"
    beside.mkdir()
    (beside / "kept").write_text("kept")
    with claimed(folder) as demo:
        assert not demo.is_ready
        demo.begin()
        (folder / "hallway.sqlite3").write_text("rows")
        (folder / "files").mkdir()
        (folder / "files" / "link").symlink_to(beside)
        demo.finish()
    with claimed(folder) as demo:
        assert demo.is_ready
        demo.begin()
        assert not demo.is_ready, "a build that breaks off is begun anew"
    assert [path.name for path in folder.iterdir()] == [MARKER]
    assert (beside / "kept").read_text() == "kept"


def test_two_at_once_do_not_share_a_demo(tmp_path: Path) -> None:
    with claimed(tmp_path), pytest.raises(DemoInUse, match="another process"), claimed(tmp_path):
        pytest.fail("it was taken twice")


def test_a_demo_never_meets_the_database_or_mail_of_a_real_hallway(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HALLWAY_DATABASE_URL", "postgresql://real")
    monkeypatch.setenv("HALLWAY_SMTP_URL", "smtp://real")
    names = {name for name in environment(tmp_path, 8000) if name.startswith("HALLWAY_")}
    assert names.isdisjoint({"HALLWAY_DATABASE_URL", "HALLWAY_SMTP_URL"})


def command(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HALLWAY_")}
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from hallway.cli import main; sys.exit(main())",
            "demo",
            *arguments,
        ],
        env={**clean, "HALLWAY_DATA": str(folder), "PYTHONPATH": str(ROOT)},
        cwd=folder.parent,
        capture_output=True,
        text=True,
        timeout=100,
    )


def test_reset_refuses_a_foreign_folder(tmp_path: Path) -> None:
    folder = tmp_path / "real"
    folder.mkdir()
    (folder / "hallway.sqlite3").write_text("a real company")
    answer = command(folder, "--reset")
    assert answer.returncode == 2
    assert "not the folder of a demo" in answer.stderr
    assert (folder / "hallway.sqlite3").read_text() == "a real company"
