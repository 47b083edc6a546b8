"""Hostile text takes no longer than its length explains.

Our own expressions need at most 50 ms for 100 KiB, each alone. Rendering is mostly a parser
written in Python: for the longest post (20,000 characters, 2,000 lines) it takes up to about
100 ms, so more than 50 ms for 100 KiB, but in proportion to the length; a post cannot be longer.
"""

# ruff: noqa: E501 (payloads stand on one line)

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from markdown_it.token import Token

from hallway.core.collation import fold
from hallway.core.text import MAX_SOURCE, clean_name, clean_text, excerpt, render
from hallway.core.text.addresses import is_safe_address, typed_address
from hallway.core.text.limits import CHARACTERS_PER_LINE
from hallway.core.text.plain import plain_of
from hallway.core.text.references import references_in

MOST_SECONDS = 0.6
"""Processor time for the longest post on a slow machine; on a quick one it is below 0.15 s."""

MOST_GROWTH = 2.2
"""Twice the text, so many times the time."""

TOO_SHORT_TO_COMPARE = 0.004

FRAGMENTS = [
    "[", "]", "[]", "![", "[a](", "[a](<b", "[](a) ", "![](/a)", "[[]", '[x](y "', "*_", "*a ",
    "a**b", "**a *", "_a__", "~~a ", "*a **a ", "`", "`a", "``a`", "<", "<a:", "<!--", "<x@y", ">",
    "> a\n", "> > > > > > > > > > > > > > > > > > > > a\n", "- ", "1. ", "- > ", "- a\n", "- a\n\n",
    "* a\n+ b\n", "   - a\n", "\n  - a", "|a|\n", "|-", "a|b\n-|-\n\n", "|-|-|\n", "&amp;", "&", "&#x",
    "&#00000000", "http://a.b ", "http://", "://", "www.a.b ", "www.", "a@b.co ", "a@", "@", "@a ",
    "@a.", "@a-", "#", "#a ", "#a#", "#-", "a.", "a:", "\\", "\\[", "\n", "  \n", "\t", "a\n", "a\n=",
    "---\n", "```\n", "~~~a\n", "    a\n", "[a]: b\n", "[a]: <b", "[a]: b '\n", "[a]:", "[a\n",
    "- [ ] a\n", "\0", "<div>\n", "*[a](", "é", "😀", "'", '"', "\u202e", "\x1b[", "\x1b]", "\u200d",
    "\n> ~~~\n@a_", ">```\n|-|\n", "* !\n> ---\n\t'", "](\n  - - '", "- - - ", "- a\n> b\n",
]  # fmt: skip

WHOLE = {
    "nested brackets": "[" * 10_000 + "]" * 10_000,
    "nested links": "[" * 4_000 + "a" + "](b)" * 4_000,
    "nested pictures": "![" * 3_000 + "a" + "](b)" * 3_000,
    "growing backticks": "".join("e" + "`" * n for n in range(200))[:MAX_SOURCE],
    "nested list": "".join("  " * n + "- a\n" for n in range(140))[:MAX_SOURCE],
    "wide table": "|" + "a|" * 4_900 + "\n|" + "-|" * 4_900 + "\n",
    "short rows": "|" + "a|" * 200 + "\n|" + "-|" * 200 + "\n" + "|\n" * 1_900,
    "lazy quotation": "> " * 50 + "a\n" + "a\n" * 1_900,
    "lazy list": "- " * 30 + "a\n" + "a\n" * 1_900,
    "many definitions": "".join(f"[a{n}]: b\n" for n in range(1_900)),
    "parentheses in a link": "http://a.b/" + "()" * 9_000 + ")" * 900,
    "long host": "a@" + "a." * 9_990,
    "blanks in a fence": "```\n" + " " * 19_990 + "a",
    "blanks in code": "`" + " " * 19_990 + "a`",
    "blanks between words": "a" + "\t" * 19_990 + "a",
    "wide blanks": "a\u2003" + "\u2003 " * 9_990 + "a",
}


def seconds(text: str, characters: int = MAX_SOURCE) -> float:
    """Processor time for as much of `text` as so many characters, and their lines, may have.

    Counted for this thread alone, so that a busy machine does not count.
    """
    source = "\n".join(text[:characters].split("\n")[: characters // CHARACTERS_PER_LINE])
    start = time.thread_time()
    render(source, people=lambda written: dict.fromkeys(written, "A"), max_length=characters)
    return time.thread_time() - start


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_a_post_full_of_one_thing(fragment: str) -> None:
    text = fragment * MAX_SOURCE
    half, whole = seconds(text, MAX_SOURCE // 2), seconds(text)
    # What other programs do to the caches is noise; the least of several is the text's own time.
    for _ in range(9):
        if whole < max(half * MOST_GROWTH, TOO_SHORT_TO_COMPARE) and whole < MOST_SECONDS:
            break
        half, whole = min(half, seconds(text, MAX_SOURCE // 2)), min(whole, seconds(text))
    assert whole < MOST_SECONDS
    assert whole < max(half * MOST_GROWTH, TOO_SHORT_TO_COMPARE)


@pytest.mark.parametrize("name", WHOLE)
def test_a_post_built_with_malice(name: str) -> None:
    assert min(seconds(WHOLE[name]) for _ in range(2)) < MOST_SECONDS / 2


EXPRESSIONS: dict[str, Callable[[str], object]] = {
    "clean_text": clean_text,
    "clean_name": clean_name,
    "excerpt": lambda text: excerpt(text, 200),
    "references": lambda text: sum(1 for _ in references_in(text)),
    "fold": fold,
    "is_safe_address": is_safe_address,
    "typed_address": lambda text: typed_address(text, 0, len(text)),
    "plain": lambda text: plain_of([Token("fence", "code", 0, content=text)]),
}


@pytest.mark.parametrize("fragment", [
    "a", "@", "@a", "#", "#a-", "#a ", "@a ", "www.", "www.a.b ", "a@a.", "a@", "a@b.co ", "a.",
    "\x1b", "\x1b[", "\x1b]", "\x1b[1;", "\x90", "\u200d", "\u202e", "🏴", "🏴\U000e0067", " ",
    "\t", "\n", " \n", "\u2003", "\r", "a\u0301", "()", ")", "-",
])  # fmt: skip
@pytest.mark.parametrize("name", EXPRESSIONS)
def test_our_own_expressions_take_50_ms_for_100_kib(name: str, fragment: str) -> None:
    """On a machine as quick as ours; three times that here, for slow ones. A square would show."""
    text = (fragment * 100 * 1024)[: 100 * 1024]

    def once() -> float:
        start = time.thread_time()
        EXPRESSIONS[name](text)
        return time.thread_time() - start

    least = once()
    for _ in range(9):
        if least < 0.05:
            break
        least = min(least, once())
    assert least < 0.15
