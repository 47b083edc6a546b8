"""Run the tests on a database, and what failed once more by itself.

Some tests drive browsers, kill processes and wait for what others do, and now and then one of them
is starved by its neighbours. What fails is tried again in a process of its own, with nothing beside
it: there a fault fails again, and the run with it. What passes then is named at the end, since that
a test depends on its neighbours is a finding.

    python scripts/run_tests.py sqlite|postgresql [what pytest understands ...]
"""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
MOST = 8  # tests that are tried again; where more fail, no neighbour is to blame
FAILED = 1  # pytest's exit status when tests failed, and nothing worse


def run(database: str, *arguments: str) -> int:
    """Run pytest on `database` with a memory of its own; returns its exit status."""
    command = [sys.executable, "-m", "pytest", f"--override-ini=cache_dir={memory(database)}"]
    environment = {**os.environ, "HALLWAY_TEST_DATABASE": database}
    return subprocess.run([*command, *arguments], cwd=ROOT, env=environment, check=False).returncode


def memory(database: str) -> Path:
    """Where pytest notes what failed."""
    return ROOT / ".venv" / f".tests-{database}"


def failed(database: str) -> list[str]:
    """The names of the tests that failed in the last run, as pytest understands them."""
    noted = memory(database) / "v" / "cache" / "lastfailed"
    return list(json.loads(noted.read_text())) if noted.exists() else []


def main(database: str, arguments: list[str]) -> int:
    """Run the tests; returns the exit status for the shell."""
    status = run(database, "--cache-clear", "-n2", *arguments)
    if status != FAILED:
        return status
    again = failed(database)
    if not 0 < len(again) <= MOST:
        return status
    print(f"\n{len(again)} failed beside others: once more, alone", flush=True)
    status = run(database, "-n1", *again)
    if status == 0:
        print("Passed only alone, which is a finding:", *again, sep="\n  ")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
