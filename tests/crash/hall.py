"""A town hall in which people vote over sockets while the server dies: founded, played, audited."""

import json
import os
import random
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from http.client import HTTPConnection, HTTPException
from typing import Any

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from tests.crash.process import ROOT

VOTERS, QUESTIONS = 6, 4
ORIGIN = "http://company.example"
PATIENCE = 40.0  # seconds of trying again until the server counts as gone for good


def ask(command: str, environment: Mapping[str, str]) -> Any:
    """Run one of the commands in a process with these settings and read its answer."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.crash.hall", command],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(run.stdout.splitlines()[-1])


def found() -> dict[str, Any]:
    """A company, a hall on air with questions and an open poll, and the voters' sessions."""
    from hallway.cli.migrate import migrate
    from hallway.core.guarding import as_system
    from hallway.entries.actions import Draft
    from hallway.people.actions import add_person
    from hallway.spaces.actions import ensure_company
    from hallway.townhalls.actions import announce, open_doors
    from hallway.townhalls.actions import ask as ask_question
    from hallway.townhalls.actions.poll import prepare, set_state
    from hallway.townhalls.models import Option
    from tests.crash.company import _sign_in
    from tests.townhalls.conftest import plan

    migrate()
    space = ensure_company("All")
    people = [
        add_person(f"voter{n}@company.example", f"Voter {n}", is_administrator=n == 0)
        for n in range(VOTERS)
    ]
    host = people[0]
    hall = announce(Draft(title="Now", text="Ask."), plan(hosts=[host]), space, by=host)
    open_doors(hall, by=host)
    asked = [ask_question(hall, f"Question number {n}?", by=host) for n in range(QUESTIONS)]
    poll = prepare(hall, "Tea?", ["Yes", "No"], by=host)
    set_state(poll, "open", by=host)
    with as_system("the options are looked up"):
        options = list(Option.objects.filter(poll=poll).values_list("pk", flat=True))
    return {
        "hall": hall.pk,
        "questions": [question.pk for question in asked],
        "poll": poll.pk,
        "options": options,
        "voters": {person.pk: _sign_in(person) for person in people},
    }


def audit() -> dict[str, Any]:
    """All votes and ballots there are, and every sentence about what is wrong with them."""
    from collections import Counter

    from hallway.core.guarding import as_system
    from hallway.townhalls.models import Ballot, Option, Question, Vote

    with as_system("an audit after crashes"):
        votes = list(Vote.objects.values_list("person_id", "question_id"))
        ballots = list(Ballot.objects.values_list("person_id", "option_id"))
        counts = [(each.pk, each.votes) for each in Question.objects.all()]
        chosen = [(each.pk, each.votes) for each in Option.objects.all()]
    backing, choosing = (Counter(what for _, what in rows) for rows in (votes, ballots))
    wrong = [f"question {pk} counts {n} of {backing[pk]}" for pk, n in counts if n != backing[pk]]
    wrong += [f"option {pk} counts {n} of {choosing[pk]}" for pk, n in chosen if n != choosing[pk]]
    return {"wrong": wrong, "votes": votes, "ballots": ballots}


class Voter(threading.Thread):
    """Votes, takes back and chooses, one after the other; repeats what was not acknowledged."""

    def __init__(self, person: int, key: str, hall: dict[str, Any], port: int) -> None:
        super().__init__(name=f"voter-{person}")
        self.person, self.hall, self.port = person, hall, port
        self.cookie = f"session={key}"
        self.chance = random.Random(person)
        self.stop = threading.Event()
        self.backs: dict[int, bool] = {}
        self.option = 0
        self.done = 0
        self.repeated = 0
        self.failure: BaseException | None = None
        self._open = ExitStack()
        self._line: ClientConnection | None = None

    def run(self) -> None:
        try:
            while not self.stop.is_set():
                self._deed()
        except BaseException as error:
            self.failure = error
            raise
        finally:
            self._hang_up()

    def _deed(self) -> None:
        key = str(uuid.UUID(int=self.chance.getrandbits(128), version=4))
        if self.chance.random() < 0.8:
            question, on = self.chance.choice(self.hall["questions"]), self.chance.random() < 0.6
            self._until_acknowledged({"vote": question, "on": on}, key)
            self.backs[question] = on
        else:
            option = self.chance.choice(self.hall["options"])
            self._until_acknowledged({"poll": self.hall["poll"], "option": option}, key)
            self.option = option
        self.done += 1

    def _until_acknowledged(self, wish: dict[str, Any], key: str) -> None:
        given_up = time.monotonic() + PATIENCE
        while time.monotonic() < given_up:
            with suppress(OSError, HTTPException, WebSocketException, TimeoutError):
                if self._send(wish, key):
                    return
            self.repeated += 1
            self._hang_up()
            time.sleep(0.02)
        raise AssertionError("the server did not come back")

    def _send(self, wish: dict[str, Any], key: str) -> bool:
        line = self._line = self._line or self._connected()
        line.send(json.dumps({"hall": self.hall["hall"], **wish, "key": key}))
        message: dict[str, Any] = {}
        while message.get("ack") != key:
            message = json.loads(line.recv(timeout=15))
        assert message["outcome"] in ("done", "slow"), message
        return message["outcome"] == "done"

    def _connected(self) -> ClientConnection:
        request = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            address = f"/live/ticket?t=hall:{self.hall['hall']}&p=0.0"
            request.request("GET", address, headers={"Cookie": self.cookie})
            ticket = json.loads(request.getresponse().read())["ticket"]
        except ValueError as error:
            raise HTTPException from error
        finally:
            request.close()
        opening = connect(
            f"ws://127.0.0.1:{self.port}/live",
            origin=ORIGIN,  # type: ignore[arg-type]
            additional_headers={"Cookie": self.cookie},
            compression=None,
            proxy=None,
        )
        line = self._open.enter_context(opening)
        line.send(json.dumps({"ticket": ticket}))
        while "ready" not in json.loads(line.recv(timeout=15)):
            pass
        return line

    def _hang_up(self) -> None:
        self._line = None
        self._open.close()


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps({"found": found, "audit": audit}[sys.argv[1]]()))
