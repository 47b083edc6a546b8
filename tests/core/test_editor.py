"""What the editor makes of Markdown means the same to our renderer, or it leaves the text alone."""

import json
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from hallway.core.text import Rendered, render

HERE = Path(__file__).parent
PEOPLE = {"ben": "Ben Okafor", "anna": "Anna"}

Ask = Callable[..., Any]

KEPT = [
    "",
    "Plain words.",
    "Two\nlines, and *some* **words** with ~~marks~~ and `code`.",
    "Hello @ben, @nobody and #claims at https://x.example/a_b(c)*d*, ann@x.example, www.x.example",
    "2 * 3 = 6, snake_case, C:\\temp and 5 < 6 & 7",
    "- one\n- two\n  - deeper\n\n    still deeper\n- three",
    "3. three\n4. four",
    "- [ ] to do\n- [x] done",
    "> said\n> twice\n\nanswered",
    "> quoted\nand not quoted",
    "Intro:\n- with a list\n- right below",
    "```python\nif a_b:\n    **x**\n```",
    "    indented\n    code",
    "# Head\n\nText\n\n### Third",
    "Setext\n===\n\nText",
    '[a link](https://x.example/(a)?b=c "its title") and [**bold** one](mailto:a@x.example)',
    "[by reference][1]\n\n[1]: https://x.example",
    "<https://x.example/a>",
    "one\n\n---\n\ntwo",
    "- loose\n\n- list",
    "* stars\n* too",
    "`` a`b `` and ` `` `",
    "#größe_ä and #a-b, @ben.",
    "*a **b** c*",
    "1986\\. A great year",
    "Fische 🐟 und Chips :chips: 10:30",
    "a\\\nb",
    "| no table",
]
NOT_KEPT = [
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "![a picture](https://x.example/a.png)",
    "\\@ben is not told",
    "\\#notag",
]


@pytest.fixture(scope="module")
def editor() -> Iterator[Ask]:
    """Asks the editor's code, which runs in Node.js, one question after the other."""
    with subprocess.Popen(
        ["node", str(HERE / "editor.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as node:
        assert node.stdin
        assert node.stdout
        stdin, stdout = node.stdin, node.stdout

        def ask(**question: object) -> Any:
            stdin.write(json.dumps(question) + "\n")
            stdin.flush()
            return json.loads(stdout.readline())

        yield ask
        stdin.close()


def read(source: str) -> Rendered:
    """As a reader gets it; that the last line of code ends with a line feed is nothing to see."""
    rendered = render(source, people=PEOPLE)
    return replace(rendered, html=rendered.html.replace("\n</code>", "</code>"))


@pytest.mark.parametrize("source", KEPT)
def test_what_people_write_comes_back_with_its_meaning(editor: Ask, source: str) -> None:
    answer = editor(source=source)
    assert answer["keeps"]
    assert read(answer["back"]) == read(source)
    # What it has written once it writes in the same way again.
    assert editor(source=answer["back"])["back"] == answer["back"]


@pytest.mark.parametrize("source", NOT_KEPT)
def test_what_it_does_not_know_stays_as_it_is(editor: Ask, source: str) -> None:
    assert not editor(source=source)["keeps"]


PIECES = some.sampled_from(
    [
        *"ab *_`~[]()!<>&\\#@-+.:|\n",
        "\n\n",
        "\n- ",
        "\n  - ",
        "\n1. ",
        "\n> ",
        "\n```\n",
        "\n    ",
        "**",
        "@ben",
        "#tag",
        "https://x.example/a_b",
        "](https://x.example)",
        "\\@",
        "&amp;",
        "---",
        "größe",
    ]
)


@given(some.lists(PIECES, max_size=30).map("".join))
@settings(max_examples=400, deadline=None)
def test_no_text_changes_its_meaning_on_the_way(editor: Ask, source: str) -> None:
    answer = editor(source=source)
    if answer["keeps"]:
        assert read(answer["back"]) == read(source)


def test_what_one_writes_in_it_is_what_one_gets(editor: Ask) -> None:
    answer = editor(seed=7, count=1_500)
    assert not answer["count"], answer["lost"]
