"""A company of which somebody goes, by commands in processes with its settings."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from tests.crash.process import ROOT


def ask(command: str, environment: Mapping[str, str]) -> Any:
    """Run one of the commands and read its answer."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.owndata.company", command],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(run.stdout.splitlines()[-1])


def found() -> str:
    """Make the company, with somebody who has left traces."""
    from django.contrib.auth.hashers import make_password

    from hallway.cli.migrate import migrate
    from tests.owndata.person import leave_traces
    from tests.world import PASSWORD, build_world

    migrate()
    leave_traces(build_world(), make_password(PASSWORD))
    return "found"


def erase() -> str:
    """The person goes, words and all; somebody else is about to."""
    from hallway.owndata.actions import leave
    from hallway.people.models import Person
    from tests.owndata.person import HANDLE, go

    go(Person.objects.get(handle=HANDLE), words=True)
    ben = Person.objects.get(handle="ben")
    leave(ben, words=False, by=ben)
    return "erased"


def look() -> dict[str, Any]:
    """Which words of the person are where, and who is there."""
    from hallway.people.models import Person
    from tests.owndata.person import OF_GONE, OF_PROFILE, OF_WORDS, bytes_everywhere, where

    there = bytes_everywhere()
    return {
        "words": where((*OF_PROFILE, *OF_GONE, *OF_WORDS), there),
        "people": sorted(Person.objects.values_list("name", flat=True)),
    }


if __name__ == "__main__":
    import django

    django.setup()
    # As in the tests: pages are asked for under this name, and no mail goes anywhere.
    from django.test.utils import setup_test_environment

    setup_test_environment()
    print(json.dumps({"found": found, "erase": erase, "look": look}[sys.argv[1]]()))
