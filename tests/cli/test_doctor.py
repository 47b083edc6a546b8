"""What the doctor says of settings and of the data folder."""

import argparse
import dataclasses
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from hallway.cli import doctor


def of_settings(base_url: str, proxies: int) -> tuple[bool, str]:
    config = dataclasses.replace(settings.CONFIG, base_url=base_url, trusted_proxies=proxies)
    with override_settings(CONFIG=config):
        return doctor.configuration()


def test_https_without_a_trusted_proxy_is_a_trap() -> None:
    good, sentence = of_settings("https://hallway.example.com", 0)
    assert not good
    assert "HALLWAY_TRUSTED_PROXIES" in sentence
    assert of_settings("https://hallway.example.com", 1)[0]
    assert of_settings("http://localhost:8000", 0)[0]


def test_a_data_folder_open_to_others_is_found(tmp_path: Path) -> None:
    config = dataclasses.replace(settings.CONFIG, data=tmp_path)
    with override_settings(CONFIG=config):
        tmp_path.chmod(0o755)
        good, sentence = doctor.storage()
        assert not good
        assert "chmod 700" in sentence
        tmp_path.chmod(0o700)
        assert "chmod" not in doctor.storage()[1]


@pytest.mark.sqlite
def test_what_hallway_makes_is_read_by_nobody_else(tmp_path: Path) -> None:
    data = tmp_path / "data"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HALLWAY_")}
    subprocess.run(
        [sys.executable, "-c", "from hallway.cli import main; main(['migrate'])"],
        env=kept | {"HALLWAY_DATA": str(data)},
        umask=0o022,
        check=True,
        capture_output=True,
    )
    made = [data, *data.rglob("*")]
    assert any(path.suffix == ".sqlite3" for path in made)
    assert [path for path in made if path.stat().st_mode & 0o077] == []


@pytest.mark.django_db
def test_each_finding_is_one_line_however_narrow_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    folder = tmp_path / "[red]a folder with brackets and a long name"
    folder.mkdir(mode=0o700)
    config = dataclasses.replace(settings.CONFIG, data=folder)
    with override_settings(CONFIG=config):
        doctor.doctor(argparse.Namespace())
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if line[:3] not in ("ok ", "do ")] == []
    assert str(folder) in lines[0]
