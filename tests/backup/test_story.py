"""A backup while people write, put back somewhere else."""

import json
import tarfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.backup.company import look, painting
from tests.backup.conftest import Place
from tests.cli.mother import Mother
from tests.crash.company import ask
from tests.crash.process import free_port, server
from tests.crash.test_kill import wait_until_answering
from tests.crash.writers import Writer, acknowledged

# Both databases, though no test here asks Django's own for anything.
pytestmark = [pytest.mark.slow, pytest.mark.sqlite, pytest.mark.postgresql]


@contextmanager
def writing(company: dict[str, Any], port: int, folder: Path) -> Iterator[list[Writer]]:
    """People who write over HTTP, from before the block until after it."""
    writers = [
        Writer(int(person), key, company, port, folder / f"history-{person}")
        for person, key in company["writers"].items()
    ]
    for writer in writers:
        writer.start()
    try:
        yield writers
    finally:
        for writer in writers:
            writer.stop.set()
        for writer in writers:
            writer.join()
    assert [writer.failure for writer in writers] == [None] * len(writers)


def wait_for_more(writers: list[Writer], deeds: int) -> None:
    enough = sum(writer.done for writer in writers) + deeds
    while sum(writer.done for writer in writers) < enough:
        assert all(writer.is_alive() for writer in writers)
        time.sleep(0.01)


def answer_at_home(environment: Mapping[str, str], cookie: str) -> tuple[int, str]:
    """Status and place to go of the home page, asked with the cookie of a session."""
    port = free_port()
    with server(environment, port) as hallway:
        hallway.start()
        wait_until_answering(port)
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", "/", headers={"Cookie": cookie})
        answer = connection.getresponse()
        connection.close()
    return answer.status, answer.headers.get("Location", "")


def manifest_of(path: Path) -> dict[str, Any]:
    with tarfile.open(path) as tar:
        file = tar.extractfile("manifest.json")
        assert file
        found: dict[str, Any] = json.load(file)
    return found


def place_of(position: str) -> tuple[int, int]:
    xid, _, seq = position.partition(".")
    return int(xid), int(seq)


def test_what_comes_back_is_the_state_of_one_moment(
    place: Place, mother: Mother, tmp_path: Path
) -> None:
    here, there, port = place(), place(), free_port()
    company = ask("found", here)
    with server(here, port) as hallway, painting(here):
        hallway.start()
        wait_until_answering(port)
        with writing(company, port, tmp_path) as writers:
            wait_for_more(writers, 30)
            before = acknowledged([writer.path for writer in writers])
            done = sum(writer.done for writer in writers)
            saved = mother.hallway("backup", str(tmp_path), folder=tmp_path, **here)
            meanwhile = sum(writer.done for writer in writers) - done
            wait_for_more(writers, 30)
    assert saved.returncode == 0, saved.stderr
    assert meanwhile > 5
    (archive,) = tmp_path.glob("*.tar")
    print(saved.stdout, f"{meanwhile} deeds meanwhile")
    live, live_audit = look(here), ask("audit", here)
    back = mother.hallway("restore", str(archive), folder=tmp_path, **there)
    assert back.returncode == 0, back.stderr
    restored, audit = look(there), ask("audit", there)

    # All that was acknowledged before is there, and nothing contradicts anything.
    assert live_audit["wrong"] == audit["wrong"] == []
    assert {deed["text"] for deed in before if "text" in deed} <= set(audit["words"])
    assert len(audit["words"]) < len(live_audit["words"])
    # The journal is that of one moment: everything below the position, nothing made up.
    journal = {seq: (xid, verb, entry) for seq, xid, verb, entry in live["journal"]}
    came_back = {seq: (verb, entry) for seq, _, verb, entry in restored["journal"]}
    assert came_back.items() <= {seq: row[1:] for seq, row in journal.items()}.items()
    moment = place_of(manifest_of(archive)["position"])
    below = {seq for seq, (xid, *_) in journal.items() if (xid, seq) < moment}
    assert below <= set(came_back)
    if "HALLWAY_DATABASE_URL" not in here:
        assert set(came_back) == {seq for seq in journal if (0, seq) <= moment}
    # Every row has its files (`look` has opened them all), with their bytes.
    assert len(restored["files"]) > 5
    kept = restored["files"].items() & live["files"].items()
    assert len(kept) >= len(restored["files"]) - 3  # a photo that was changed afterwards
    # Nobody is signed in any more, and no screen goes on as if nothing had happened.
    assert (live["sessions"], restored["sessions"]) == (len(writers), 0)
    assert restored["incarnation"] != live["incarnation"]
    assert answer_at_home(here, writers[0].cookie)[0] == 200
    status, location = answer_at_home(there, writers[0].cookie)
    assert status == 302
    assert "/accounts/" in location
