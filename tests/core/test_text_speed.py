"""Hostile text takes no longer than its length explains."""

# ruff: noqa: E501 (payloads stand on one line)

from __future__ import annotations

import time

import pytest

from hallway.core.text import MAX_SOURCE, clean_name, clean_text, excerpt, find_mentions, render
from hallway.core.text.references import references_in

MOST_SECONDS = 1.5
"""For the longest post on a busy machine; alone it is below 0.2 s."""

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
}


def seconds(source: str) -> float:
    start = time.perf_counter()
    render(source, people={"a": "A"})
    find_mentions(source)
    return time.perf_counter() - start


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_a_post_full_of_one_thing(fragment: str) -> None:
    source = (fragment * MAX_SOURCE)[:MAX_SOURCE]
    lines = source.split("\n")[: MAX_SOURCE // 10]
    assert seconds("\n".join(lines)) < MOST_SECONDS


@pytest.mark.parametrize("name", WHOLE)
def test_a_post_built_with_malice(name: str) -> None:
    assert seconds(WHOLE[name][:MAX_SOURCE]) < MOST_SECONDS


@pytest.mark.parametrize(
    "fragment",
    ["a", "@", "@a", "#", "#a-", "www.", "a@a.", "a@", "a.", "\x1b", "\x1b[", "\x1b]", "\x1b[1;", "\x90",
     "\u200d", "\u202e", "🏴", "🏴\U000e0067", " ", "\n", "\r", "a\u0301", "()", ")", "-"],
)  # fmt: skip
def test_our_own_expressions_are_linear(fragment: str) -> None:
    """Twice the text may take about twice the time, never four times."""

    def best(characters: int) -> float:
        text = (fragment * characters)[:characters]
        times = []
        for _ in range(3):
            start = time.perf_counter()
            clean_text(text)
            clean_name(text)
            excerpt(text, 200)
            for _reference in references_in(text):
                pass
            times.append(time.perf_counter() - start)
        return min(times)

    longest = best(100 * 1024)
    assert longest < 0.5
    assert longest < max(0.05, best(25 * 1024) * 9)
