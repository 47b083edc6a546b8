"""The documents are true to the code: settings, commands, files and pictures they name exist."""

import re
from pathlib import Path

import pytest

from hallway import __version__
from hallway.cli import _parser
from hallway.config import DOCUMENTATION

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FOLDERS = ("hallway", "frontend", "tests", "scripts", "bench", "docs", "deploy")
NAMED = re.compile(rf"`((?:{'|'.join(FOLDERS)})/[\w./-]+)`")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
# Written by `make`, or made up to explain something.
ABSENT = {"hallway/site/static/hallway", "docs/performance.md", "hallway/polls"}


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_the_readme_explains_every_setting() -> None:
    """Row by row in the words of the code, so that the two cannot drift apart."""
    readme = read("README.md")
    cells = {name: text.replace("|", "\\|") for name, text in DOCUMENTATION.items()}
    rows = [f"| `{name}` | {cell} |" for name, cell in cells.items()]
    assert [row for row in rows if row not in readme] == []
    assert set(re.findall(r"^\| `(HALLWAY_\w+)`", readme, re.MULTILINE)) == set(DOCUMENTATION)


def test_the_readme_explains_every_command() -> None:
    (commands,) = [action.choices for action in _parser()._actions if action.dest == "command"]
    told = re.findall(r"^\| `hallway ([\w-]+)` \|", read("README.md"), re.MULTILINE)
    assert set(told) == set(commands or ())


def test_the_changelog_knows_this_version() -> None:
    assert f"\n## {__version__}\n" in read("CHANGELOG.md")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_names_exists(path: Path) -> None:
    """Files in backquotes, from the root of the project; links, from where the document lies."""
    text = path.read_text("utf-8")
    named = [ROOT / name for name in NAMED.findall(text)]
    named += [path.parent / link for link in LINK.findall(text) if "docs/screenshots/" not in link]
    written = {ROOT / name for name in ABSENT}
    assert [name for name in named if name not in written and not name.exists()] == []


def test_make_takes_the_pictures_that_the_readme_shows() -> None:
    shown = set(re.findall(r"\(docs/screenshots/([\w-]+)\.png\)", read("README.md")))
    taken = set(re.findall(r'Shot\("([\w-]+)"', read("scripts/screenshots.py")))
    assert shown <= taken
    assert shown


def test_decisions_are_numbered_and_say_what_they_cost() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    for number, page in enumerate(pages, start=1):
        text = page.read_text("utf-8")
        assert page.name.startswith(f"{number:04d}-")
        assert text.startswith(f"# {number}. ")
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == [
            "Context",
            "Choice",
            "What it costs",
        ]


def test_what_the_containers_are_given_exists() -> None:
    """Settings and commands of the compose file; a wrong one would end every start."""
    compose = read("deploy/compose.yaml")
    assert set(re.findall(r"HALLWAY_\w+", compose)) <= set(DOCUMENTATION)
    (commands,) = [action.choices for action in _parser()._actions if action.dest == "command"]
    given = re.findall(r"command: \[([\w-]+)", compose)
    assert set(given) == {"migrate", "web", "hub", "worker"}
    assert set(given) <= set(commands or ())
