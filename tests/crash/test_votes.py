"""kill -9 while a hall votes: what was acknowledged is there, once, and counts equal rows."""

import random
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.crash.hall import ORIGIN, Voter, ask
from tests.crash.process import free_port, server
from tests.crash.test_kill import FLOOD, SEED, wait_until_answering
from tests.databases.postgresql import postgresql

pytestmark = [pytest.mark.slow]

KILLS = 8


def hunted(environment: Mapping[str, str]) -> None:
    """Let people vote while the server is killed at random moments; then audit."""
    hall = ask("found", environment)
    port = free_port()
    chance = random.Random(SEED)
    with server(environment, port) as hallway:
        hallway.start()
        wait_until_answering(port)
        voters = [Voter(int(person), key, hall, port) for person, key in hall["voters"].items()]
        for voter in voters:
            voter.start()
        try:
            for _ in range(KILLS):
                before = sum(voter.done for voter in voters)
                while sum(voter.done for voter in voters) < before + 20:
                    assert all(v.is_alive() for v in voters), [v.failure for v in voters]
                    time.sleep(0.005)
                # Within the time of a batch, so that deeds are on their way in every state.
                time.sleep(chance.uniform(0, 0.1))
                hallway.kill()
                hallway.start()
            wait_until_answering(port)
        finally:
            for voter in voters:
                voter.stop.set()
            for voter in voters:
                voter.join()
    assert [voter.failure for voter in voters] == [None] * len(voters)
    done, again = sum(v.done for v in voters), sum(v.repeated for v in voters)
    print(f"{KILLS} deaths, {done} deeds acknowledged, {again} times sent again")
    assert again > 0  # or nothing was shown by this
    audit = ask("audit", environment)
    assert audit["wrong"] == []
    # Voters stop after an acknowledgement, so what they were told last is all there is.
    votes = {(person, question) for person, question in audit["votes"]}
    assert len(votes) == len(audit["votes"])
    assert votes == {(v.person, question) for v in voters for question, on in v.backs.items() if on}
    assert sorted(audit["ballots"]) == sorted([v.person, v.option] for v in voters if v.option)


@pytest.mark.sqlite
def test_kills_lose_no_acknowledged_vote(tmp_path: Path) -> None:
    hunted({**FLOOD, "HALLWAY_BASE_URL": ORIGIN, "HALLWAY_DATA": str(tmp_path / "data")})


@pytest.mark.postgresql
def test_kills_lose_no_acknowledged_vote_on_postgresql(tmp_path: Path) -> None:
    with postgresql(durable=True) as url:
        data = str(tmp_path / "data")
        place = {"HALLWAY_DATA": data, "HALLWAY_DATABASE_URL": url}
        hunted({**FLOOD, **place, "HALLWAY_BASE_URL": ORIGIN})
