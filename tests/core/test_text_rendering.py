"""What people write becomes safe HTML, plain words, and the people and tags it names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from hallway.core.text import (
    MAX_SOURCE,
    Rendered,
    TextTooLong,
    excerpt,
    find_mentions,
    fold_tag,
    render,
)
from hallway.core.text.addresses import is_safe_address
from tests.core.text_allowlist import forbidden_in

PEOPLE = {"anna": "Anna Müller", "bob.k": "Bob <b>K</b>", "eve": "\u202eEve\x1b[31m"}
REL = 'rel="nofollow noopener noreferrer"'


def shown(source: str) -> str:
    return render(source, people=PEOPLE).html.strip()


def test_the_dialect() -> None:
    assert shown("a\nb") == "<p>a<br>\nb</p>"
    assert shown("# Big") == "<h3>Big</h3>" and shown("###### Small") == "<h6>Small</h6>"
    assert shown("~~old~~ **new**") == "<p><s>old</s> <strong>new</strong></p>"
    assert shown("```python\nx < 1\n```") == "<pre><code>x &lt; 1\n</code></pre>"
    assert shown("4. x") == '<ol start="4">\n<li>x</li>\n</ol>'
    assert '<li class="task">☐ a</li>\n<li class="task-done">☑ b</li>' in shown("- [ ] a\n- [x] b")
    table = shown("|a|b|\n|:-|-:|\n|1|2|")
    assert '<td class="align-left">1</td>\n<td class="align-right">2</td>' in table
    assert "style" not in table


def test_a_quotation_ends_with_its_last_mark() -> None:
    assert (
        shown("> you said\nI say") == "<blockquote>\n<p>you said</p>\n</blockquote>\n<p>I say</p>"
    )


@pytest.mark.parametrize(
    ("source", "address", "words"),
    [
        ("[x](https://a.example/b)", "https://a.example/b", "x"),
        ("[x](/spaces/claims)", "/spaces/claims", "x"),
        ("<mailto:a@b.example>", "mailto:a@b.example", "mailto:a@b.example"),
        ("See https://a.example/x_y_z.", "https://a.example/x_y_z", "https://a.example/x_y_z"),
        ("(https://a.example/b_(c))", "https://a.example/b_(c)", "https://a.example/b_(c)"),
        ("**http://a.example**", "http://a.example", "http://a.example"),
        ("www.a.example, and", "https://www.a.example", "www.a.example"),
        ("ask it@firm.example.", "mailto:it@firm.example", "it@firm.example"),
        ("![plan](https://a.example/p.png)", "https://a.example/p.png", "plan"),
        ("http://a.example/@anna/#x", "http://a.example/@anna/#x", "http://a.example/@anna/#x"),
    ],
)
def test_links(source: str, address: str, words: str) -> None:
    assert f'<a href="{address}" {REL}>{words}</a>' in shown(source)


@pytest.mark.parametrize(
    "url",
    [
        "//evil.example", "/\\evil.example", "\\\\evil", "/\t/evil", "javascript:alert(1)",
        "JaVaScRiPt:x", "data:text/html,x", "vbscript:x", "file:///etc", "#x", "?x", "x", "https:",
        "http:evil", "https:///x", "java\nscript:x", "\x01javascript:x", "/%5Cevil", "/%09/evil",
        "blob:x", "tel:1", "https://" + "a" * 2001, "",
    ],
)  # fmt: skip
def test_addresses_that_are_no_links(url: str) -> None:
    assert not is_safe_address(url)
    assert ">x</a>" not in shown(f"[x](<{url}>)")


def test_people_are_mentioned_only_if_the_author_may() -> None:
    mention = '<a class="mention" href="/people/anna">@Anna Müller</a>'
    assert shown("Hi @anna.") == f"<p>Hi {mention}.</p>"
    assert shown("@ANNA") == f"<p>{mention}</p>"
    assert shown("**@anna**") == f"<p><strong>{mention}</strong></p>"
    assert shown("@stranger") == "<p>@stranger</p>"
    assert "@Bob &lt;b&gt;K&lt;/b&gt;</a>" in shown("@bob.k")
    assert ">@Eve</a>" in shown("@eve")
    for source in (
        "`@anna`",
        "    @anna",
        "x@anna",
        "@anna@x",
        "\\@anna",
        "/@anna",
        "@annaü",
        "@@anna",
    ):
        assert "mention" not in shown(source), source
    assert "mention" not in shown("[@anna](/x)")


def test_mentions_and_tags_come_back_in_order() -> None:
    source = "@bob.k #Größe @anna @nobody #GRÖSSE #größe @anna `@eve` #42 #v2 #a_b-"
    rendered = render(source, people=PEOPLE)
    assert rendered.mentions == ("bob.k", "anna")
    assert rendered.tags == ("größe", "grösse", "v2", "a_b")
    assert find_mentions(source) == ("bob.k", "anna", "nobody")
    assert '<a class="tag" href="/tags/gr%C3%B6%C3%9Fe">#Größe</a>' in rendered.html


def test_tags_of_any_script_are_folded() -> None:
    assert render("#हिन्दी #ВАЖНО #重要", people={}).tags == ("हिन्दी", "важно", "重要")
    assert fold_tag("Gro\u0308ße") == "größe"
    for source in ("#", "#1", "##x#", "a#b", "`#x`", "[#x](/y)", "&#x41;", "\\#x", "#" + "x" * 65):
        assert render(source, people={}).tags == (), source


def test_plain_text_holds_the_words_alone() -> None:
    rendered = render("# A\n- **b** [c](/d)\n- `e`\n\n|f|g|\n|-|-|\n|h|@anna|", people=PEOPLE)
    assert rendered.plain == "A\nb c\ne\nf g\nh @Anna Müller"


def test_invisible_signs_cannot_come_back_as_entities() -> None:
    rendered = render("a&#x202e;b&#8203;c \u202ed\x1b[2Je", people={})
    assert rendered.plain == "abc de"


def test_a_link_inside_a_link_is_none() -> None:
    for source in ("[![a](/b)](/c)", "[a <http://b.example> c](/d)", "[http://a.example](/d)"):
        assert shown(source).count("<a ") == 1, source


def test_a_long_text_is_refused_with_its_limit() -> None:
    assert render("x" * MAX_SOURCE, people={}).plain
    with pytest.raises(TextTooLong, match=r"20000|20,000"):
        render("x" * (MAX_SOURCE + 1), people={})
    with pytest.raises(TextTooLong, match="lines"):
        render("\n" * 2_000, people={})
    assert render("x" * 30_000, people={}, max_length=30_000).plain


def test_many_tables_many_people_and_mere_marks_are_bounded() -> None:
    assert shown("|a|b|\n|-|-|\n" + "|\n" * 1_900).count("<td>") <= 4_000
    assert shown("@anna " * 2_000).count("<a ") == 500
    assert shown("*a*" * 3_000) == f"<p>{'*a*' * 3_000}</p>"


def test_excerpts_end_on_a_word() -> None:
    assert excerpt("one  two\nthree", 40) == "one two three"
    assert excerpt("one two three", 9) == "one two…"
    assert excerpt("one two three", 8) == "one two…"
    assert excerpt("x" * 50, 10) == "x" * 9 + "…"


SIGNS = st.sampled_from(
    [*"[]()<>*_~`!|#@&;:/\\\"'= \n\t-+.aA1", "javascript:",
    "http://", "](", "&#x", "<a ",
    "<svg", "onload=", "|-|\n", "> ", "- [x] ", "@anna", "#tag", "```\n", "\u202e", "&lt;",
    "data:", "é"]
)  # fmt: skip


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.text(max_size=200), st.lists(SIGNS, max_size=60).map("".join)))
def test_whatever_is_written_stays_within_the_allow_list(source: str) -> None:
    rendered = render(source, people=PEOPLE)
    assert not forbidden_in(rendered.html)
    assert words_of(rendered) == "".join(rendered.plain.split())


def words_of(rendered: Rendered) -> str:
    """The text of the HTML as a browser would show it, without white space."""
    if not rendered.html.strip():
        return ""
    return "".join(str(lxml_html.fromstring(f"<div>{rendered.html}</div>").text_content()).split())
