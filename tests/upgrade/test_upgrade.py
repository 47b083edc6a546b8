"""Whoever comes from the first release finds everything as it was, and can go on."""

from pathlib import Path

import pytest

from tests.backup.conftest import Place, _server, mother, place
from tests.cli.mother import Mother
from tests.upgrade.company import ask

__all__ = ["_server", "mother", "place"]

# Both databases, though no test here asks Django's own for anything.
pytestmark = [pytest.mark.slow, pytest.mark.sqlite, pytest.mark.postgresql]

OF_MEMBERS = {"Cnrysecret"}
OF_EMPLOYEES = {"Cnryroom", "Cnrywall", "Cnryunit", "Cnryabout", "Cnryskill", "Cnryquestion"}


def test_a_company_of_the_first_release_goes_on(
    place: Place, mother: Mother, tmp_path: Path
) -> None:
    here = place()
    then = ask("fill", here)
    done = mother.hallway("migrate", folder=tmp_path, **here)
    assert done.returncode == 0, done.stderr
    now = ask("read", here, f"/halls/{then['hall']}", f"/e/{then['post']}")
    assert now["statuses"] in ([200], [200, 404])
    ada, ben, gus = (set(now["seen"][name]) for name in ("ada", "ben", "gus"))
    assert ada >= OF_EMPLOYEES | OF_MEMBERS | {"Cnrypost", "Cnrycomment", "Cnryhall"}
    assert ben >= OF_EMPLOYEES | {"Cnryheading"}
    assert not ben & OF_MEMBERS
    assert "Cnrysecret" in gus
    assert now["went on"] == [302, 302, True]
    assert then["counts"]["townhalls_question"] == 2
