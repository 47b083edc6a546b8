"""The rules of the house that no other linter knows; says where each is broken, and fails."""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
MOST_LINES = 300
MOST_PARTIAL_LINES = 60
FOLDERS = ("hallway", "frontend", "tests", "scripts", "bench")
BUILT = {"node_modules", "static", "__pycache__"}
CODE = {".py", ".ts", ".mjs", ".css", ".html"}


@dataclass(frozen=True)
class Rule:
    """A pattern that must not stand in a file, and the files in which it may, so many times."""

    what: str
    pattern: re.Pattern[str]
    suffixes: frozenset[str]
    within: str = ""  # the start of the paths it holds for
    allowed: tuple[tuple[str, int | None], ...] = ()  # start of a path, times (None: any number)


def rule(
    what: str,
    pattern: str,
    suffixes: str,
    within: str = "",
    allowed: dict[str, int | None] | None = None,
) -> Rule:
    """Write a rule in one line."""
    places = tuple((allowed or {}).items())
    return Rule(what, re.compile(pattern), frozenset(suffixes.split()), within, places)


RULES = [
    rule(
        "A task left undone; do it or leave it", r"\b(TODO|FIXME|XXX)\b", ".py .ts .mjs .css .html"
    ),
    # Every place where text counts as safe HTML is known and counted (one text renderer).
    rule(
        "HTML that is not escaped",
        r"\|\s*safe\b|\b(mark_safe|format_html(_join)?|SafeString)(?=\()|autoescape off",
        ".py .html",
        "hallway/",
        {
            "hallway/core/text/": 2,
            "hallway/site/templatetags/": 5,
            "hallway/entries/cards.py": 2,  # the stored words and the drawn card
            "hallway/hub/frames_of_entries.py": 1,  # a drawn card inside its place in the thread
            "hallway/notifications/sentences.py": 7,
            "hallway/people/queries.py": 1,
            "hallway/comments/queries.py": 1,  # drawn cards
            "hallway/townhalls/drawing.py": 2,  # stored words
            "hallway/shares/cards.py": 1,  # a drawn card inside another
            "hallway/core/splicing.py": 1,  # a mark made of random digits
        },
    ),
    # Whoever reads content asks what a person may see (one choke point).
    rule(
        "A manager that asks nobody; load through `visible_to`",
        r"\.objects\b|\b_base_manager\b|\b_default_manager\b",
        ".py",
        "hallway/",
        {
            "hallway/core/": None,
            "hallway/journal/": None,
            "hallway/audit/": None,
            "hallway/company/": None,
            "hallway/people/": None,
            "hallway/outbox/": None,
            "hallway/accounts/": None,
            "hallway/spaces/access.py": None,
            "hallway/spaces/actions/": None,
            "hallway/entries/access.py": None,
            "hallway/entries/actions/": None,
            "hallway/townhalls/access.py": None,
            "hallway/townhalls/actions/": None,
            "hallway/shares/actions.py": None,
            "hallway/scheduled/actions.py": None,
            # People, sessions and the log for administrators; of spaces numbers only.
            "hallway/console/": None,
            "hallway/guests/": None,  # stays, which profiles show to who may see the person
            "hallway/demo/": None,
            "hallway/simulation/": None,
            # Guarded tables open only inside as_system(reason), which is said at each place.
            "hallway/entries/cards.py": None,
            "hallway/hub/frames_of_entries.py": None,
            "hallway/hub/frames_of_halls.py": None,
            "hallway/hub/frames_of_people.py": None,
            "hallway/hub/frames_of_threads.py": None,
            "hallway/hub/gate.py": None,
            "hallway/townhalls/desk.py": 3,  # the journal, and who did it
            "hallway/notifications/": None,
            "hallway/outside/": None,  # its own tables; content through the rule
            "hallway/stream/actions.py": None,
            "hallway/stream/queries.py": 1,  # whom one follows
            "hallway/stream/asides.py": None,
            "hallway/stream/views.py": None,
            "hallway/cli/restored.py": None,
            "hallway/worker/": None,
            # What somebody is handed, and what is erased with them, each for a stated reason.
            "hallway/spaces/held.py": None,
            "hallway/entries/held.py": None,
            "hallway/townhalls/held.py": None,
            "hallway/stream/held.py": None,
            "hallway/guests/held.py": None,
            "hallway/owndata/": None,
        },
    ),
    rule(
        "SQL by hand",
        r"\.raw\(|\bcursor\(|\bRawSQL\(|\.extra\(",
        ".py",
        "hallway/",
        {
            "hallway/core/": None,
            "hallway/journal/": None,
            "hallway/demo/": None,
            "hallway/entries/actions/publish.py": 1,  # PostgreSQL's advisory lock
            "hallway/spaces/actions/keep.py": 2,  # who belongs by rule in one statement; a lock
            "hallway/townhalls/united.py": 1,  # thousands of votes handed over in one statement
            "hallway/stream/newest.py": 2,  # the two statements of the home page
            "hallway/stream/menu.py": 1,  # the menu in one statement
            "hallway/accounts/sessions.py": 1,  # asked with every request
            "hallway/cli/doctor.py": None,
            "hallway/owndata/actions/erase.py": 2,  # SQLite's own housekeeping
            "hallway/backup/": None,  # the rows of every table are counted
        },
    ),
    # What the content security policy would refuse in the browser.
    rule(
        "Style in the page; write CSS",
        r"\sstyle\s*=|<style\b(?![^>]*nonce)",
        ".html",
        "hallway/",
        {"hallway/outside/templates/outside/mail/": None},  # mail programs read no style sheets
    ),
    rule(
        "Behaviour in the page; write a custom element",
        r"<[^>]*\son[a-z]+\s*=",
        ".html",
        "hallway/",
    ),
    rule("A script in the page", r"<script\b(?![^>]*\bsrc=)(?![^>]*json)", ".html", "hallway/"),
    rule("A link that runs code", r"javascript:", ".html .ts", ""),
    rule("HTML put together in the browser", r"\.(inner|outer)HTML\s*=|insertAdjacentHTML", ".ts"),
    # Effects travel upwards through the journal, and saving does nothing but save.
    rule(
        "A signal or a save() of our own; write an action",
        r"\b(pre|post)_(save|delete|init)\b|m2m_changed|def (save|delete)\(self",
        ".py",
        "hallway/",
        {"hallway/core/": None, "hallway/accounts/sessions.py": None},  # of sessions, no rows
    ),
]


def written() -> list[Path]:
    """Return all files that people of the project write, as paths from its root."""
    return sorted(
        path.relative_to(ROOT)
        for folder in FOLDERS
        for path in (ROOT / folder).rglob("*")
        if path.suffix in CODE and not BUILT & set(path.relative_to(ROOT).parts)
    )


def mistakes(path: Path) -> Iterator[str]:
    """Yield one line for each rule broken in the file, as `path:line: what`."""
    text = (ROOT / path).read_text("utf-8")
    lines = text.count("\n") + 1
    most = MOST_LINES
    if path.suffix == ".html" and path.name.startswith("_"):
        most = MOST_PARTIAL_LINES
    if lines > most and "migrations" not in path.parts:
        yield f"{path}: {lines} lines; split it, {most} are the most"
    for each in RULES:
        if path.suffix in each.suffixes and str(path).startswith(each.within):
            yield from broken(each, path, text)


def broken(rule: Rule, path: Path, text: str) -> Iterator[str]:
    """Yield a line for each place in the file where the rule is broken, unless it may be."""
    # Where a number is allowed, `counted` counts the folder as a whole.
    if any(str(path).startswith(start) for start, _ in rule.allowed):
        return
    for match in rule.pattern.finditer(text):
        yield f"{path}:{text.count(chr(10), 0, match.start()) + 1}: {rule.what}: {match[0].strip()}"


def counted(paths: list[Path]) -> Iterator[str]:
    """Yield a line for each folder in which something stands more often than is known."""
    for each in RULES:
        for start, times in each.allowed:
            if times is None:
                continue
            found = sum(
                len(each.pattern.findall((ROOT / path).read_text("utf-8")))
                for path in paths
                if path.suffix in each.suffixes and str(path).startswith(start)
            )
            if found > times:
                yield f"{start}: {each.what}: {found} times; {times} are known"


def main() -> int:
    """Check all files; returns the number to exit with."""
    this = Path(__file__).relative_to(ROOT)
    paths = [path for path in written() if path != this]
    found = [line for path in paths for line in mistakes(path)] + list(counted(paths))
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
