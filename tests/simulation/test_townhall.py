"""Sixty simulated people play a town hall against a real instance, and everything is compared."""

import json
import shutil
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from hallway.simulation.house import MARK
from hallway.simulation.server import environment, free_port, running
from tests.simulation.conftest import Simulate

pytestmark = pytest.mark.slow

PLAY = ("all", "--people", "60", "--seconds", "6", "--arrive", "1", "--processes", "2")
DEEDS = ("vote done", "ballot done", "cheer done", "question done", "lost the connection")


def test_every_screen_ends_in_the_true_state(
    simulate: Simulate, database: str, tmp_path: Path
) -> None:
    run = simulate(*PLAY, "--database", database, "--report", "found.json")
    assert run.returncode == 0, run.stdout + run.stderr
    found = json.loads((tmp_path / "found.json").read_text())
    assert found["true"]
    assert found["wrong"] == []
    assert found["screens"] == {"right": 60, "of": 60}
    assert all(found["counts"][deed] > 0 for deed in DEEDS), found["counts"]
    assert found["database"]["votes"] > 0
    assert found["database"]["ballots"] >= found["counts"]["ballot done"]
    assert found["latencies"]["vote"]["count"] >= found["counts"]["vote done"]
    assert found["stage"][0]["state"] == "on_air:"
    assert found["stage"][0]["count"] == 60
    assert "Every screen ended in the true state" in run.stdout


def test_a_question_that_no_screen_was_told_of_is_noticed(
    simulate: Simulate, database: str, tmp_path: Path
) -> None:
    """Or comparing would show nothing: somebody writes past the journal while it is on air."""
    folder = tmp_path / "house"
    stop = threading.Event()
    forger = threading.Thread(target=forge, args=(folder, database, stop))
    forger.start()
    try:
        options = ("--settle", "2", "--folder", str(folder))
        run = simulate(*PLAY, *options, "--database", database)
    finally:
        stop.set()
        forger.join()
    assert run.returncode == 1, run.stdout + run.stderr
    assert "screens are not in the true state" in " ".join(run.stdout.split())
    assert "Every screen ended" not in run.stdout


def test_two_simulators_share_the_load_and_need_no_database(
    simulate: Simulate, database: str, tmp_path: Path
) -> None:
    """They have a copy of the mark only, as on other machines; votes are looked up on pages."""
    folder, port = tmp_path / "house", free_port()
    settings = environment(folder, port, database)
    made = simulate("company", "--people", "31", **settings)
    assert made.returncode == 0, made.stderr
    shutil.copy(folder / MARK, tmp_path / MARK)
    url = ("--url", f"http://localhost:{port}", "--data", str(tmp_path / MARK))
    options = ("--seconds", "6", "--arrive", "1", "--processes", "1")
    with running(settings, port, tmp_path / "log"), ThreadPoolExecutor() as threads:
        second = threads.submit(simulate, "townhall", *url, *options, "--share", "2/2")
        time.sleep(1)
        first = simulate("townhall", *url, *options, "--share", "1/2", "--report", "found.json")
        other = second.result()
    assert first.returncode == 0, first.stdout + first.stderr
    assert other.returncode == 0, other.stdout + other.stderr
    found = json.loads((tmp_path / "found.json").read_text())
    assert found["screens"] == {"right": 16, "of": 16}  # fifteen people and the host
    assert found["database"] == {}


def forge(folder: Path, database: str, stop: threading.Event) -> None:
    """While it is on air, change the words of all questions there are, twice a second."""
    while not stop.wait(0.5):
        try:
            if database:
                with psycopg.connect(database) as held:
                    held.execute(FORGERY)
            elif (folder / "hallway.sqlite3").exists():
                with sqlite3.connect(folder / "hallway.sqlite3", timeout=5) as file:
                    file.execute(FORGERY)
                file.close()
        except (sqlite3.OperationalError, psycopg.errors.UndefinedTable):
            time.sleep(0.1)  # no tables yet


FORGERY = """
UPDATE townhalls_question SET text = text || '!'
WHERE hall_id IN (SELECT entry_id FROM townhalls_townhall WHERE stage = 'on_air')
"""
