"""Simulated people never enter a Hallway that was not made for them."""

import json
from pathlib import Path
from typing import Any

import pytest

from hallway.simulation.house import MARK, NotForSimulation, read_mark
from tests.simulation.conftest import Simulate
from tests.world import World

pytestmark = [pytest.mark.slow]


def test_a_folder_without_the_mark_is_refused(simulate: Simulate, tmp_path: Path) -> None:
    run = simulate("townhall", "--url", "http://localhost:9", "--data", str(tmp_path))
    assert run.returncode == 2
    assert "no instance for simulations" in " ".join(run.stderr.split())


@pytest.mark.django_db(transaction=True)
def test_the_mark_of_another_instance_opens_no_door(
    simulate: Simulate, world: World, live_server: Any, tmp_path: Path
) -> None:
    house = tmp_path / "house"
    made = simulate("company", "--people", "5", HALLWAY_DATA=str(house))
    assert made.returncode == 0, made.stderr
    run = simulate("townhall", "--url", live_server.url, "--data", str(house), "--seconds", "2")
    assert run.returncode == 2
    assert "does not know the people of this simulation" in run.stderr


@pytest.mark.sqlite
def test_a_company_is_made_up_in_a_new_folder_only(simulate: Simulate, tmp_path: Path) -> None:
    house = tmp_path / "house"
    assert simulate("company", "--people", "5", HALLWAY_DATA=str(house)).returncode == 0
    before = (house / MARK).read_bytes()
    again = simulate("company", "--people", "5", HALLWAY_DATA=str(house))
    assert again.returncode == 2
    assert "new folder only" in " ".join(again.stderr.split())
    assert (house / MARK).read_bytes() == before
    assert (house / MARK).stat().st_mode & 0o077 == 0


@pytest.mark.postgresql
def test_a_database_with_people_is_left_alone(
    simulate: Simulate, database: str, tmp_path: Path
) -> None:
    settings = {"HALLWAY_DATABASE_URL": database}
    first = simulate("company", "--people", "5", HALLWAY_DATA=str(tmp_path / "a"), **settings)
    assert first.returncode == 0, first.stderr
    again = simulate("company", "--people", "5", HALLWAY_DATA=str(tmp_path / "b"), **settings)
    assert again.returncode == 2
    assert "people in this database already" in again.stderr


def test_a_mark_that_is_damaged_is_none(tmp_path: Path) -> None:
    (tmp_path / MARK).write_text(json.dumps({"hall": 1}))
    with pytest.raises(NotForSimulation, match="not the mark"):
        read_mark(tmp_path)
