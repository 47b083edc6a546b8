"""Every command says of itself what it does, and what each of its options means."""

from pathlib import Path

import pytest

from hallway.cli import main
from tests.cli.mother import Mother

COMMANDS = [
    ["run"],
    ["web"],
    ["hub"],
    ["worker"],
    ["migrate"],
    ["create-admin"],
    ["invite"],
    ["import"],
    ["import", "people"],
    ["import", "follows"],
    ["demo"],
    ["doctor"],
    ["backup"],
    ["restore"],
    ["restored"],
]


def help_of(command: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit) as ending:
        main([*command, "--help"])
    assert ending.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_command_says_what_it_does(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    said = help_of(command, capsys)
    sentences = [part for part in said.split("\n\n") if part[:1].isupper() and part.endswith(".")]
    assert sentences, said


@pytest.mark.parametrize("command", [["run"], ["web"], ["hub"], ["demo"]], ids=" ".join)
def test_a_port_has_a_default_that_is_said(
    command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    usual = "8001" if command == ["hub"] else "8000"
    assert f"(default {usual})" in help_of(command, capsys)


@pytest.mark.parametrize("command", [[], ["import", "follows"], ["run"]], ids=" ".join)
def test_who_asks_for_help_has_started_nothing(
    command: list[str], tmp_path: Path, mother: Mother
) -> None:
    asked = mother.hallway(*command, "--help", folder=tmp_path, HALLWAY_HUE="green")
    assert asked.returncode == 0, asked.stderr
    assert asked.stdout.startswith("usage: hallway")
    assert not list(tmp_path.iterdir())
