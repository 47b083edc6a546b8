"""The wheel alone is all there is to install: with its own commands, styles, scripts and languages.

Nothing is fetched: the packages Hallway needs are taken from the environment of the tests.
"""

import os
import re
import signal
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.crash.process import ROOT, free_port
from tests.crash.test_kill import wait_until_answering

pytestmark = pytest.mark.slow

SHIPPED = (".py", ".html", ".txt", ".svg", ".po", ".css", ".js", ".json", ".csv")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that `make wheel` builds."""
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    subprocess.run([*build, "--directory", folder], cwd=ROOT, check=True, capture_output=True)
    (made,) = folder.glob("hallway-*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    """An environment in which nothing but the wheel was installed."""
    place = wheel.parent / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", place], check=True)
    pip = [sys.executable, "-m", "pip", "--python", place / "bin" / "python", "install"]
    alone = ["--no-deps", "--no-index", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *alone, wheel], check=True)
    (packages,) = place.glob("lib/python*/site-packages")
    # Behind its own: a path in such a file is not searched for further such files, which is how
    # the checkout itself is found from the environment of the tests.
    (packages / "needed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return place


def files_of(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@contextmanager
def running(place: Path, data: Path) -> Iterator[int]:
    """`hallway run` of the environment, far away from the checkout; yields its port."""
    clean = {key: text for key, text in os.environ.items() if not key.startswith("HALLWAY_")}
    for name in ("PYTHONPATH", "DJANGO_SETTINGS_MODULE"):
        clean.pop(name, None)
    port = free_port()
    data.mkdir()
    with subprocess.Popen(
        [place / "bin" / "hallway", "run", "--port", str(port)],
        cwd=data,
        env=clean | {"HALLWAY_DATA": str(data / "data"), "HALLWAY_LANGUAGE": "de"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            wait_until_answering(port)
            yield port
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


def ask(port: int, address: str, **fields: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", address, headers={"Accept-Language": "de", **fields})
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def test_it_has_every_file_of_the_package(wheel: Path) -> None:
    """Templates, migrations, texts of the demo, and what was built: as they lie in the checkout."""
    here = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "hallway").rglob("*")
        if path.suffix in SHIPPED and "__pycache__" not in path.parts
    }
    there = files_of(wheel)
    assert here - there == set()
    assert {
        "hallway/site/static/hallway/app.js",
        "hallway/site/static/hallway/app.css",
        "hallway/site/static/hallway/icons.svg",
        "hallway/locale/de/LC_MESSAGES/django.mo",
    } <= there
    strange = {name for name in there if not name.startswith(("hallway/", "hallway-"))}
    assert strange == set()


def test_installed_alone_it_runs_and_shows_itself(installed: Path, tmp_path: Path) -> None:
    with running(installed, tmp_path / "away") as port:
        assert ask(port, "/healthz")[0] == 200
        status, page = ask(port, "/accounts/login/")
        assert status == 200
        assert "Anmelden" in page
        built = set(re.findall(r'(?:href|src)="(/static/hallway/[^"]+)"', page))
        assert any(".css" in address for address in built)
        assert any(".js" in address for address in built)
        assert {address: ask(port, address)[0] for address in built} == dict.fromkeys(built, 200)


def test_it_is_the_wheel_that_runs(installed: Path, tmp_path: Path) -> None:
    code = "import hallway; print(hallway.__file__)"
    clean = {key: text for key, text in os.environ.items() if key != "PYTHONPATH"}
    python = installed / "bin" / "python"
    done = subprocess.run(
        [python, "-c", code], cwd=tmp_path, env=clean, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith(str(installed))
