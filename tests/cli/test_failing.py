"""What an operator can put right is said in one sentence, never in a traceback."""

import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hallway.cli import main
from tests.cli.mother import Mother

NOBODY_THERE = "postgresql://nobody@127.0.0.1:9/nothing"

PEOPLE = "name,email\nEve Adeyemi,eve@company.example\n"
EVE = ["--email", "eve@company.example", "--name", "Eve Adeyemi"]
MEET_TABLES = [
    ["import", "people", "people.csv"],
    ["import", "follows", "follows.csv"],
    ["create-admin", "--email", "a@b.example", "--name", "A", "--password-file", "password"],
    ["invite", "--all"],
    ["backup", "x.tar"],
    ["restored"],
    ["worker"],
    ["hub"],
    ["web"],
]
# All commands go through one place; these differ in what they do before they meet the database.
SOME = [["import", "people", "people.csv"], ["worker"], ["hub"], ["run"], ["migrate"]]


def name_of(arguments: list[str]) -> str:
    return "-".join(arguments[:2])


class Desk:
    """A folder from which commands are given, with a data folder of its own."""

    def __init__(self, folder: Path, mother: Mother) -> None:
        self.folder = folder
        self.mother = mother
        self.data = folder / "data"
        (folder / "people.csv").write_text(PEOPLE)
        (folder / "follows.csv").write_text("follower,followed\na@b.example,c@d.example\n")
        (folder / "password").write_text("correct horse battery\n")

    def hallway(
        self, *arguments: str, before: str = "", **settings: str
    ) -> "subprocess.CompletedProcess[str]":
        given = {"HALLWAY_DATA": str(self.data), **settings}
        return self.mother.hallway(*arguments, folder=self.folder, before=before, **given)


@pytest.fixture
def desk(tmp_path: Path, mother: Mother) -> Desk:
    return Desk(tmp_path, mother)


@pytest.fixture(scope="module")
def open_desk(tmp_path_factory: pytest.TempPathFactory, mother: Mother) -> Desk:
    """A desk whose database is as it should be."""
    desk = Desk(tmp_path_factory.mktemp("open"), mother)
    assert desk.hallway("migrate").returncode == 0
    return desk


def refused(answer: "subprocess.CompletedProcess[str]", *words: str) -> None:
    """Check that the command ended with one sentence of these words, and with status 2."""
    said = answer.stderr.strip()
    assert "Traceback" not in said, said
    assert answer.returncode == 2, said
    assert len(said.splitlines()) == 1, said
    for word in words:
        assert word in said


@contextmanager
def listener() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.mark.parametrize("arguments", MEET_TABLES, ids=name_of)
def test_without_tables_it_says_to_make_them(desk: Desk, arguments: list[str]) -> None:
    refused(desk.hallway(*arguments), "Run: hallway migrate")


@pytest.mark.parametrize("arguments", SOME, ids=name_of)
def test_a_database_that_is_away(desk: Desk, arguments: list[str]) -> None:
    answer = desk.hallway(*arguments, HALLWAY_DATABASE_URL=NOBODY_THERE)
    refused(answer, "The database cannot be used", "HALLWAY_DATABASE_URL")


@pytest.mark.parametrize("arguments", [SOME[0], ["run"]], ids=name_of)
def test_a_database_that_is_none(desk: Desk, arguments: list[str]) -> None:
    desk.data.mkdir()
    (desk.data / "hallway.sqlite3").write_text("no database at all, but words\n" * 100)
    refused(desk.hallway(*arguments), "hallway.sqlite3 cannot be used")


@pytest.mark.parametrize("arguments", [["run"], ["doctor"], ["demo", "--reset"]], ids=name_of)
def test_a_data_folder_that_may_not_be_written(desk: Desk, arguments: list[str]) -> None:
    desk.data.mkdir(mode=0o500)
    refused(desk.hallway(*arguments, before="obey_modes"), "HALLWAY_DATA", "may not write")


@pytest.mark.parametrize("arguments", [["run"], ["demo", "--reset"]], ids=name_of)
def test_a_full_disk_at_the_first_start(desk: Desk, arguments: list[str]) -> None:
    refused(desk.hallway(*arguments, before="full_disk"))


def test_a_full_disk_later(open_desk: Desk) -> None:
    answer = open_desk.hallway("import", "people", "people.csv", before="full_disk")
    refused(answer, "hallway.sqlite3 cannot be used")
    assert open_desk.hallway("import", "people", "people.csv").returncode == 0


def test_nobody_is_invited_to_an_address_that_nobody_set(open_desk: Desk) -> None:
    assert open_desk.hallway("import", "people", "people.csv").returncode == 0
    refused(open_desk.hallway("invite", "--all"), "HALLWAY_BASE_URL", "--port")
    here = open_desk.hallway("invite", "--all", "--port", "9000")
    assert here.returncode == 0, here.stderr
    assert "1 people are invited" in here.stdout


@pytest.mark.parametrize("what", ["people", "follows"])
def test_a_table_that_cannot_be_read(open_desk: Desk, what: str) -> None:
    shut = open_desk.folder / "shut.csv"
    shut.write_text(PEOPLE)
    shut.chmod(0)
    refused(open_desk.hallway("import", what, "no-such.csv"), "no-such.csv", "No such file")
    refused(open_desk.hallway("import", what, "/"), "directory")
    answer = open_desk.hallway("import", what, "shut.csv", before="obey_modes")
    refused(answer, "shut.csv", "Permission denied")


@pytest.mark.parametrize("file", ["no-such", ".", "shut", "noise"])
def test_a_password_that_cannot_be_read(open_desk: Desk, file: str) -> None:
    (open_desk.folder / "shut").touch(mode=0)
    (open_desk.folder / "noise").write_bytes(b"\xff\xfe\x00")
    given = ["create-admin", "--email", "a@b.example", "--name", "A", "--password-file", file]
    answer = open_desk.hallway(*given, before="obey_modes")
    assert "Traceback" not in answer.stderr
    assert answer.returncode == 1
    assert f"{file} cannot be read" in answer.stderr


@pytest.mark.parametrize("command", ["run", "web", "hub", "demo"])
def test_a_port_that_is_taken(open_desk: Desk, tmp_path: Path, command: str) -> None:
    data = {"HALLWAY_DATA": str(tmp_path / "demo")} if command == "demo" else {}
    with listener() as port:
        answer = open_desk.hallway(command, "--port", str(port), **data)
    refused(answer, str(port), "already in use", "--port")


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.invalid"])
def test_an_address_that_is_not_of_this_machine(open_desk: Desk, host: str) -> None:
    refused(open_desk.hallway("hub", "--host", host), host)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "9" * 5000])
@pytest.mark.parametrize("command", ["run", "web", "hub", "demo"])
def test_a_port_that_is_none(command: str, port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ending:
        main([command, f"--port={port}"])
    assert ending.value.code == 2
    assert "a port is a number from 1 to 65535" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["import", "people", "people.csv"], ["run"]], ids=name_of)
def test_a_wrong_setting_ends_every_command(desk: Desk, arguments: list[str]) -> None:
    refused(desk.hallway(*arguments, HALLWAY_HUE="green"), "HALLWAY_HUE")


def test_the_doctor_misses_an_administrator(desk: Desk) -> None:
    assert desk.hallway("migrate").returncode == 0
    answer = desk.hallway("doctor")
    assert answer.returncode == 1
    assert "there is none yet. Run hallway create-admin." in answer.stdout
    made = desk.hallway("create-admin", *EVE, "--password-file", "password")
    assert made.returncode == 0, made.stderr
    assert "there is one who can sign in" in desk.hallway("doctor").stdout


def test_the_help_shows_how_an_administrator_is_made(desk: Desk) -> None:
    shown = " ".join(desk.hallway("create-admin", "--help").stdout.split())
    assert "example: hallway create-admin --email eve@company.example" in shown


def test_the_doctor_tells_of_trouble_without_falling_ill(desk: Desk) -> None:
    answer = desk.hallway("doctor", HALLWAY_DATABASE_URL=NOBODY_THERE)
    assert answer.returncode == 1
    assert "does not answer" in answer.stdout
    assert "Traceback" not in answer.stderr
    desk.data.mkdir(exist_ok=True)
    (desk.data / "hallway.sqlite3").write_text("no database at all, but words\n" * 100)
    answer = desk.hallway("doctor", HALLWAY_SMTP_URL="smtp://127.0.0.1:9?security=none")
    assert answer.returncode == 1
    assert "server does not take us" in answer.stdout
    assert "Traceback" not in answer.stderr
