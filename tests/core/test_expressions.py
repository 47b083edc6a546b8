"""No regular expression of ours has a form that takes more than linear time."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FUNCTIONS = {"compile", "fullmatch", "match", "search", "split", "sub", "subn", "findall"}
BOUNDED = {
    r"(.+)-(\d{1,9})": "whole handles only, of at most 63 characters",
}


def patterns() -> Iterator[tuple[str, str]]:
    """Yield every pattern given to a function of `re` in the product, with its place."""
    for path in sorted((ROOT / "hallway").rglob("*.py")):
        text = path.read_text("utf-8")
        if "re." not in text:
            continue
        for node in ast.walk(ast.parse(text)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr in FUNCTIONS
            ):
                place = f"{path.relative_to(ROOT)}:{node.lineno}"
                yield place, written(path, node.args[0])


def written(path: Path, argument: ast.expr) -> str:
    """What `argument` is in its module; patterns are put together from constants only."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    expression = compile(ast.Expression(argument), str(path), "eval")
    value = eval(expression, vars(importlib.import_module(name)))
    assert isinstance(value, str)
    return value


def flaws(pattern: str, flags: int = 0) -> list[str]:
    """Name the forms in `pattern` that can make matching it take more than linear time."""
    parsed = list(parser.parse(pattern, flags))
    found = ["a repeat inside a repeat"] if nested(parsed, inside=False) else []
    if len(parsed) > 1 and repeats_without_end(parsed[0]):
        # Searched for, it would be tried anew at every sign of a long run.
        found.append("begins with a repeat without end")
    return found


def repeats_without_end(item: tuple[Any, Any]) -> bool:
    operator, argument = item
    if operator is sre.SUBPATTERN:
        inner = list(argument[3])
        return bool(inner) and repeats_without_end(inner[0])
    return operator in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT) and (
        argument[1] is sre.MAXREPEAT
    )


def nested(items: Any, *, inside: bool) -> bool:
    """Whether one repeat that gives back stands in another that does."""
    for operator, argument in items:
        if operator in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            least, most, body = argument
            varies = most is sre.MAXREPEAT or most > max(least, 1)
            if (inside and varies) or nested(body, inside=inside or varies):
                return True
        elif operator in (sre.POSSESSIVE_REPEAT, sre.ATOMIC_GROUP):
            body = argument[2] if operator is sre.POSSESSIVE_REPEAT else argument
            if nested(body, inside=False):
                return True
        elif operator is sre.SUBPATTERN:
            if nested(argument[3], inside=inside):
                return True
        elif operator is sre.BRANCH:
            if any(nested(branch, inside=inside) for branch in argument[1]):
                return True
        elif operator in (sre.ASSERT, sre.ASSERT_NOT) and nested(argument[1], inside=inside):
            return True
    return False


def test_every_expression_is_of_a_linear_form() -> None:
    known = list(patterns())
    assert len(known) > 25
    assert {place.partition(":")[0] for place, _ in known} >= {
        "hallway/core/text/cleaning.py",
        "hallway/core/text/references.py",
        "hallway/core/collation.py",
    }
    wrong = [
        f"{place}: {flaw} in {pattern!r}"
        for place, pattern in known
        if pattern not in BOUNDED
        for flaw in flaws(pattern, re.VERBOSE if "\\#" in pattern else 0)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "pattern", ["(a+)+b", "(?:a|b*)*c", "(?:x(a{2,9}))+", r"[ \t]*\n\s*", "(a+)b", "(?=(?:a+)*b)"]
)
def test_slow_forms_are_noticed(pattern: str) -> None:
    assert flaws(pattern)


@pytest.mark.parametrize("pattern", [r"\s+", "a(?:b+c)?", "(?:a{1,9}+b){1,8}+", "x[a-z]*y", "a{3}"])
def test_linear_forms_are_let_through(pattern: str) -> None:
    assert not flaws(pattern)
