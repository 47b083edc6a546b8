"""Servers keep quiet: whoever asks without a name leaves no line, however Hallway is run."""

import json
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from hallway.core.guarding import as_system
from hallway.entries.actions import Draft
from hallway.townhalls.actions import announce
from hallway.townhalls.models import Question
from tests.journeys.house import Part, free_port
from tests.townhalls.conftest import plan
from tests.townhalls.tokens import Wallet
from tests.world import build_world

CANARIES = {
    "Cookie": "session=cookiecanary",
    "X-Forwarded-For": "203.0.113.77",
    "User-Agent": "agentcanary/1",
    "Referer": "http://127.0.0.1/referercanary",
}


def send(address: str, body: object) -> tuple[int, str, list[str]]:
    """Post as somebody whose browser tells everything; status, answer and names of its headers."""
    request = urllib.request.Request(
        address,
        json.dumps(body).encode(),
        {**CANARIES, "Content-Type": "application/json"},
        method="POST",
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read().decode(), sorted(answer.headers)
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(), sorted(error.headers)


@pytest.mark.slow
@pytest.mark.parametrize("command", ["run", "web", "hub"])
def test_no_line_is_written(transactional_db: None, tmp_path: Path, command: str) -> None:
    world = build_world()
    hall = announce(Draft(title="Where we go next", text="."), plan(), world.closed, by=world.ben)
    wallet = Wallet(hall.pk)
    wallet.fill(world.browser(world.ada))
    part = Part([command], free_port(), tmp_path / "log")
    part.start()
    try:
        address = f"http://127.0.0.1:{part.port}/halls/{hall.pk}/nameless"
        asked = send(address, wallet.asking("Is the merger true?"))
        refused = send(address, wallet.asking("Is the merger true?", 1) | {"token": "00" * 32})
        elsewhere = send(address.replace(f"/{hall.pk}/", "/987654/"), {})
    finally:
        part.stop()
    if command == "hub":
        assert asked[0] == refused[0] == 404  # it has no pages, and a proxy sends nobody there
    else:
        with as_system("the test looks at everything"):
            assert Question.objects.get().text == "Is the merger true?"
        assert asked[0] == 200
        assert refused == elsewhere
        assert "set-cookie" not in {name.lower() for name in asked[2] + refused[2]}
    written = part.log.read_text()
    for canary in ("nameless", "canary", "203.0.113.77", "127.0.0.1 ", "POST"):
        assert canary not in written, written
