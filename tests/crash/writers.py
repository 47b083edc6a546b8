"""People who write over HTTP, keep an honest history, and try again what they know nothing of."""

import http.client
import json
import os
import random
import threading
import time
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

TOKEN = "c" * 32  # the same in cookie and form, as a browser would have it
KINDS = ("like", "love", "celebrate")
PATIENCE = 30.0  # seconds of trying again until the server counts as gone for good


class Writer(threading.Thread):
    """Writes one deed after the other until told to stop; the last one is brought to an end.

    The history holds a line before each deed and one after its acknowledgement, on disk before
    anything else happens, so that it survives what it tells of.
    """

    def __init__(
        self, person: int, key: str, company: dict[str, Any], port: int, path: Path
    ) -> None:
        super().__init__(name=f"writer-{person}")
        self.person, self.company, self.port = person, company, port
        self.cookie = f"session={key}; csrf={TOKEN}"
        self.path = path
        self.chance = random.Random(person)
        self.stop = threading.Event()
        self.tries = 0
        self.done = 0
        self.failure: BaseException | None = None

    def run(self) -> None:
        try:
            with self.path.open("a") as history:
                while not self.stop.is_set():
                    self._deed(history)
        except BaseException as error:
            self.failure = error
            raise

    def _deed(self, history: Any) -> None:
        key = str(uuid.UUID(int=self.chance.getrandbits(128), version=4))
        words = {"text": f"words {key}", "key": key}
        post, space = self.company["post"], self.company["space"]
        address, fields = self.chance.choice(
            [
                ("/posts", {**words, "space": space}),
                (f"/e/{post}/comments", words),
                (f"/e/{post}/react", {"kind": self.chance.choice(KINDS), "state": "on"}),
            ]
        )
        told = {"person": self.person, "address": address, **fields}
        _write(history, {"invoke": told})
        self._until_acknowledged(address, fields)
        _write(history, {"ok": told})
        self.done += 1

    def _until_acknowledged(self, address: str, fields: dict[str, Any]) -> None:
        given_up = time.monotonic() + PATIENCE
        while True:
            self.tries += 1
            try:
                status = self._send(address, fields)
            except (OSError, http.client.HTTPException):
                status = 0
            if status == 302:
                return
            # Between two lives there is nobody; an answer that refuses would be our mistake.
            if status and status < 500:
                raise AssertionError(f"{address} answered {status}")
            if time.monotonic() > given_up:
                raise AssertionError("the server did not come back")
            time.sleep(0.02)

    def _send(self, address: str, fields: dict[str, Any]) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN})
            headers = {
                "Cookie": self.cookie,
                "Content-Type": "application/x-www-form-urlencoded",
            }
            connection.request("POST", address, body, headers)
            answer = connection.getresponse()
            # Being sent to sign in is no acknowledgement.
            return 401 if "/accounts/" in answer.headers.get("Location", "") else answer.status
        finally:
            connection.close()


def _write(history: Any, line: dict[str, Any]) -> None:
    history.write(json.dumps(line) + "\n")
    history.flush()
    os.fsync(history.fileno())


def acknowledged(paths: list[Path]) -> list[dict[str, Any]]:
    """All deeds that were acknowledged, each person's in order."""
    lines = [json.loads(line) for path in paths for line in path.read_text().splitlines()]
    return [line["ok"] for line in lines if "ok" in line]
