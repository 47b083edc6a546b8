"""`hallway demo` from the outside: a second start keeps what was said, colleagues speak up."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import pytest

from hallway.cli.migrate import migrate
from hallway.core.guarding import as_system
from hallway.demo.browsing import Browser
from hallway.demo.building import build
from hallway.demo.colleagues import BEFORE_FIRST, PAUSE, Colleagues, Memory
from hallway.demo.conversations import places, scenes
from hallway.demo.founding import PASSWORD
from hallway.entries.models import Entry, Reaction
from hallway.people.models import Person

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_colleague_posts_through_the_doors_and_others_answer(
    live_server: Any, tmp_path: Path
) -> None:
    migrate()
    build(people=40, conversations=4, pictures=False)
    colleagues = Colleagues(live_server.url, tmp_path / "said.json", Random(3))
    scene = next(scene for scene in scenes() if scene.space == "claims-europe")

    for deed in colleagues.play(scene):
        deed()

    with as_system("the test looks at everything"):
        post = Entry.objects.filter(kind="post").order_by("-listed").first()
        assert post is not None
        assert post.author.handle == scene.by
        assert post.text.source == scene.text
        said = Entry.objects.filter(root=post).order_by("pk")
        assert [(e.author.handle, e.text.source) for e in said] == scene.replies
        assert Reaction.objects.filter(entry=post).exists()
    viewer = Browser(live_server.url, "mia.keller@nordlicht.example", PASSWORD)
    assert f'id="entry-{post.pk}"' in viewer.read("/")

    colleagues.step()  # looks around once, so that it knows what stood there
    mine = viewer.post("Claims Europe", "Kann mir jemand sagen, wo die Akte ist und wer sie hat?")
    answer = None
    for _ in range(20):  # whoever looks around must be somebody who reads in that space
        colleagues.step()
        with as_system("the test looks at everything"):
            answer = Entry.objects.filter(root_id=mine).first()
        if answer is not None:
            break
    assert answer is not None
    assert answer.author != Person.objects.get(handle="mia-keller")


@pytest.mark.parametrize("seed", range(5))
def test_the_first_deed_is_a_post_that_everybody_sees(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    said = tmp_path / "said.json"
    colleagues = Colleagues("http://127.0.0.1:9", said, Random(seed))
    posted: list[str] = []

    def post(browser: Browser, space: str, text: str) -> int:
        posted.append(space)
        return 1

    monkeypatch.setattr(Browser, "post", post)
    next(colleagues._deeds)()
    assert posted == [place.name for place in places() if place.key == "company"]
    assert BEFORE_FIRST <= 6
    assert PAUSE[0] >= 10


def test_nothing_is_repeated_within_an_hour_even_after_a_restart(tmp_path: Path) -> None:
    Memory(tmp_path / "said.json").note("Mahlzeit")
    after = Memory(tmp_path / "said.json")
    assert not after.is_fresh("Guten Morgen", "Mahlzeit")
    assert after.is_fresh("Guten Morgen")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, port: int) -> "subprocess.Popen[str]":
    clean = {name: value for name, value in os.environ.items() if not name.startswith("HALLWAY_")}
    code = "import sys; from hallway.cli import main; sys.exit(main())"
    return subprocess.Popen(
        [sys.executable, "-c", code, "demo", "--quiet", "--port", str(port)],
        env={**clean, "HALLWAY_DATA": str(folder), "PYTHONPATH": str(ROOT)},
        cwd=folder.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_for(port: int, process: "subprocess.Popen[str]") -> None:
    end = time.monotonic() + 90
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    process.kill()
    pytest.fail(f"it did not start: {process.communicate()[0]}")


def stop(process: "subprocess.Popen[str]") -> str:
    process.send_signal(signal.SIGTERM)
    return process.communicate(timeout=30)[0]


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_second_start_keeps_what_was_said(tmp_path: Path) -> None:
    folder, port = tmp_path / "demo", free_port()
    process = start(folder, port)
    wait_for(port, process)
    mia = Browser(f"http://127.0.0.1:{port}", "mia.keller@nordlicht.example", PASSWORD)
    entry = mia.post("Claims Europe", "Ich war hier.")
    rival = start(tmp_path / "other", port)
    assert "already in use" in rival.communicate(timeout=60)[0]
    assert rival.returncode == 2
    told = stop(process)
    assert "mia.keller@nordlicht.example" in told
    assert PASSWORD in told

    process = start(folder, port)
    wait_for(port, process)
    assert "Ich war hier." in mia.read(f"/e/{entry}")
    assert "Making up" not in stop(process)

    with sqlite3.connect(folder / "hallway.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM people_person").fetchone() == (250 + 1,)
