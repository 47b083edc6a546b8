"""kill -9 in the middle of everything."""

import random
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Mapping
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.crash.company import ask
from tests.crash.process import Server, free_port, server
from tests.crash.writers import Writer, acknowledged
from tests.databases.postgresql import _unprivileged_user, postgresql, programs

pytestmark = [pytest.mark.slow]

KILLS = 50
SEED = 20240229
FLOOD = {"HALLWAY_LIMITS": "off"}  # these people write faster than people do


def wait_until_answering(port: int) -> None:
    """Return as soon as the server says that it is well."""
    for _ in range(3000):
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.01)
        finally:
            connection.close()
    raise AssertionError("the server does not answer")


def hunted(
    environment: Mapping[str, str], folder: Path, nemesis: Callable[[Server, list[Writer]], int]
) -> tuple[dict[str, Any], list[Writer], list[Path]]:
    """Let people write while `nemesis` does its worst; returns the audit and the histories."""
    company = ask("found", environment)
    port = free_port()
    with server(environment, port) as hallway:
        hallway.start()
        wait_until_answering(port)
        writers = [
            Writer(int(person), key, company, port, folder / f"history-{person}")
            for person, key in company["writers"].items()
        ]
        for writer in writers:
            writer.start()
        try:
            began = time.monotonic()
            deaths = nemesis(hallway, writers)
            seconds = time.monotonic() - began
        finally:
            for writer in writers:
                writer.stop.set()
            for writer in writers:
                writer.join()
    assert [writer.failure for writer in writers] == [None] * len(writers)
    paths = [writer.path for writer in writers]
    done, tries = sum(w.done for w in writers), sum(w.tries for w in writers)
    print(f"{deaths} deaths in {seconds:.1f} s, {done} deeds acknowledged in {tries} tries")
    return ask("audit", environment), writers, paths


def check(audit: dict[str, Any], paths: list[Path]) -> None:
    """Every acknowledged deed is there, once, and nothing contradicts anything."""
    assert audit["wrong"] == []
    done = acknowledged(paths)
    words = Counter(audit["words"])
    written = [deed["text"] for deed in done if "text" in deed]
    assert len(written) > 50
    assert {text: words[text] for text in written} == dict.fromkeys(written, 1)
    # Writers stop after an acknowledgement, so nothing else is there but the first post.
    assert sum(words.values()) == len(written) + 1
    last = {deed["person"]: deed["kind"] for deed in done if "kind" in deed}
    assert {person: kind for person, _, kind in audit["reactions"]} == last
    assert audit["reacted"] == _changes(done)


def _changes(done: list[dict[str, Any]]) -> int:
    """How often a reaction changed: the same one again is no deed."""
    held: dict[int, str] = {}
    changes = 0
    for deed in done:
        if "kind" in deed and held.get(deed["person"]) != deed["kind"]:
            held[deed["person"]] = deed["kind"]
            changes += 1
    return changes


def kill(times: int, longest: float) -> Callable[[Server, list[Writer]], int]:
    """A nemesis that kills the server at random moments, from its very start on."""

    def nemesis(hallway: Server, writers: list[Writer]) -> int:
        chance = random.Random(SEED)
        for _ in range(times):
            before = sum(writer.done for writer in writers)
            # Every third life is cut off at a moment that may lie before its first deed.
            if chance.random() < 0.67:
                while sum(writer.done for writer in writers) < before + 3:
                    assert all(writer.is_alive() for writer in writers)
                    time.sleep(0.005)
            time.sleep(chance.uniform(0, longest))
            hallway.kill()
            hallway.start()
        wait_until_answering(hallway.port)
        return times

    return nemesis


@pytest.mark.sqlite
def test_fifty_kills_lose_nothing(tmp_path: Path) -> None:
    environment = {**FLOOD, "HALLWAY_DATA": str(tmp_path / "data")}
    audit, _, paths = hunted(environment, tmp_path, kill(KILLS, 0.5))
    check(audit, paths)


@pytest.mark.postgresql
def test_killing_server_and_database_loses_nothing(tmp_path: Path) -> None:
    with postgresql(durable=True) as url:
        data = str(tmp_path / "data")
        environment = {**FLOOD, "HALLWAY_DATA": data, "HALLWAY_DATABASE_URL": url}
        folder = Path(parse_qs(urlsplit(url).query)["host"][0])

        def nemesis(hallway: Server, writers: list[Writer]) -> int:
            deaths = kill(10, 0.5)(hallway, writers)
            for _ in range(3):
                before = sum(writer.done for writer in writers)
                control(folder, "restart", "immediate")
                while sum(writer.done for writer in writers) < before + 20:
                    assert all(writer.is_alive() for writer in writers)
                    time.sleep(0.02)
                deaths += 1
            return deaths

        try:
            audit, _, paths = hunted(environment, tmp_path, nemesis)
            check(audit, paths)
        finally:
            # The one that was started again has no guard.
            control(folder, "stop", "fast")


def control(folder: Path, deed: str, mode: str) -> None:
    """Restart or stop the database the hard or the gentle way."""
    done = subprocess.run(
        [programs() / "pg_ctl", deed, "-w", "-D", folder / "data", "-m", mode],
        user=_unprivileged_user(),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0 or deed == "stop"


@pytest.mark.sqlite
def test_the_audit_finds_what_is_wrong(tmp_path: Path) -> None:
    """Or fifty kills would show nothing."""
    environment = {**FLOOD, "HALLWAY_DATA": str(tmp_path / "data")}
    ask("found", environment)
    assert ask("audit", environment)["wrong"] == []
    with sqlite3.connect(tmp_path / "data" / "hallway.sqlite3") as database:
        database.execute("UPDATE entries_entry SET comment_count = 7")
        database.execute("UPDATE entries_entry SET reaction_counts = '{\"like\": 1}'")
        database.execute("DELETE FROM entries_text")
        database.execute("DELETE FROM journal_record WHERE verb = 'entry.published'")
    database.close()
    assert len(ask("audit", environment)["wrong"]) == 5
