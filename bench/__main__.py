"""All measurements in turn: `python -m bench [home hub votes unread directory importing]`.

With `--write` the tables go into docs/performance.md as well. The exit status is 1 if a target
was missed.
"""

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from tests.databases.postgresql import postgresql

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "performance.md"

FIGURES = {
    "home": ("Home stream: a small company against a large one, and a page that says hello", [""]),
    "hub": ("Hub: one frame to 10,000 screens", [""]),
    "votes": ("Votes: 10,000 in one burst, on disk and acknowledged", ["sqlite", "postgresql"]),
    "unread": ("A post to everybody: published, told, and read on one screen", [""]),
    "directory": ("Directory: search among 120,000 people", ["sqlite", "postgresql"]),
    "importing": ("Import of 100,000 people", ["sqlite"]),
}


def main(arguments: list[str]) -> int:
    """Run the named measurements, all by default, and print their tables."""
    chosen = [name for name in arguments if not name.startswith("-")] or list(FIGURES)
    parts, missed = [], []
    for name in chosen:
        title, databases = FIGURES[name]
        for database in databases:
            print(f"\n{title} {database}\n", flush=True)
            status, text = _measure(name, database)
            parts.append(f"## {title}{', ' + database if database else ''}\n\n```\n{text}```\n")
            if status:
                missed.append(name)
    if "--write" in arguments:
        PAGE.write_text("\n".join([_head(), *parts]))
    print(f"\nTargets missed: {', '.join(missed)}" if missed else "\nAll targets hold.")
    return 1 if missed else 0


def _measure(name: str, database: str) -> tuple[int, str]:
    if database != "postgresql":
        return _run(name, {})
    with postgresql(durable=True) as url:
        return _run(name, {"HALLWAY_DATABASE_URL": url})


def _run(name: str, environment: dict[str, str]) -> tuple[int, str]:
    done = subprocess.Popen(
        [sys.executable, "-m", f"bench.{name}"],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert done.stdout is not None
    lines = []
    for line in done.stdout:
        print(line, end="", flush=True)
        lines.append(line)
    return done.wait(), "".join(lines)


def _head() -> str:
    now = datetime.now(UTC)
    return f"""# Measured figures

`make bench ARGS=--write` measures and writes this page; every figure that claims something is a
ratio within one run. Measured on {now:%d %B %Y} with {os.cpu_count()} processors
({platform.machine()}, Python {platform.python_version()}), load generator, server and database on
one machine.
"""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
