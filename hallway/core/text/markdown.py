"""The dialect of Markdown people write in: CommonMark, tables, strike-through, bare links, tasks.

Raw HTML does not exist in it, pictures become links, and the rules that would take more than
linear time are bounded or replaced here.
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.blockquote import blockquote
from markdown_it.rules_block.table import table
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.link import link
from markdown_it.token import Token

from hallway.core.text.addresses import is_safe_address, typed_address
from hallway.core.text.limits import CHARACTERS_PER_MARK, MAX_CELLS, MAX_DEPTH

_MARKS = "[]*_~`<!&\\"

# Addresses that normalising leaves as they are, which is most of them; it takes 50 µs for each.
_NORMAL = re.compile(r"https?://[a-z0-9.-]{1,255}+(?::[0-9]{1,5}+)?(?:/[a-zA-Z0-9/=+,._-]*+)?")


class Dialect(MarkdownIt):
    """Markdown whose links may only have the addresses Hallway permits."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 (named by markdown-it)
        return is_safe_address(url)

    def normalizeLink(self, url: str) -> str:  # noqa: N802 (named by markdown-it)
        return url if _NORMAL.fullmatch(url) else super().normalizeLink(url)


@cache
def _marked_up() -> Dialect:
    dialect = Dialect("commonmark", {"html": False, "breaks": True, "maxNesting": MAX_DEPTH})
    dialect.enable(["table", "strikethrough"]).disable(["html_block", "html_inline"])
    dialect.inline.ruler.at("image", picture_as_link)
    dialect.block.ruler.at("table", bounded_table, {"alt": ["paragraph", "reference"]})
    dialect.block.ruler.at(
        "blockquote",
        marked_quotation,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )
    dialect.core.ruler.before("text_join", "tasks", tick_tasks)
    return _with_bare_links(dialect)


@cache
def _as_typed() -> Dialect:
    dialect = Dialect("zero", {"html": False, "breaks": True})
    dialect.inline.ruler.enable("newline")
    return _with_bare_links(dialect)


def _with_bare_links(dialect: Dialect) -> Dialect:
    dialect.inline.ruler.at("linkify", bare_link)
    dialect.inline.ruler.enable("linkify")
    # Escaped signs and entities stay apart from other text, so that `\@anna` mentions nobody.
    dialect.core.ruler.disable("text_join")
    return dialect


def parse(source: str, max_length: int) -> list[Token]:
    """Return the block tokens of `source`, which must be bounded already.

    A text that consists mainly of marks (more than one for every five characters it may have)
    is taken as typed, in paragraphs: nobody writes such a text, but it is what makes parsers slow.
    """
    marks = sum(map(source.count, _MARKS))
    dialect = _as_typed() if marks * CHARACTERS_PER_MARK > max_length else _marked_up()
    return dialect.parse(source, {"cells": 0})


def bare_link(state: StateInline, silent: bool) -> bool:
    """Inline rule: `http://…` and `https://…` in running text become links.

    Looks only at the characters around "://", where the library's own rule searches all text
    before it again at every colon.
    """
    colon = state.pos
    if state.linkLevel > 0 or not state.src.startswith("://", colon, state.posMax):
        return False
    for scheme in ("https", "http"):
        start = colon - len(scheme)
        if start >= 0 and state.src[start:colon].lower() == scheme:
            break
    else:
        return False
    if start and (state.src[start - 1].isalnum() or state.src[start - 1] == "_"):
        return False
    typed = state.src[start:colon]
    if not silent and not state.pending.endswith(typed):
        return False
    written = typed_address(state.src, start, state.posMax)
    address = state.md.normalizeLink(written)
    if not state.md.validateLink(address):
        return False
    if not silent:
        state.pending = state.pending[: -len(typed)]
        state.push("link_open", "a", 1).attrs = {"href": address}
        state.push("text", "", 0).content = written
        # Nothing inside the address may be taken for a person or tag.
        state.push("link_close", "a", -1)
    state.pos = start + len(written)
    return True


def picture_as_link(state: StateInline, silent: bool) -> bool:
    """Inline rule: `![what it shows](address)` becomes a link with the same words.

    Pictures come as attachments, which are checked and re-encoded; an address elsewhere would
    tell its owner who reads what. The library's rule also parses nested pictures once per level.
    """
    if not state.src.startswith("![", state.pos, state.posMax):
        return False
    state.pos += 1
    if link(state, silent):
        return True
    state.pos -= 1
    return False


def bounded_table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Block rule: the library's tables, with at most MAX_CELLS cells in one text.

    Short rows are filled up to the width of the head, so that a text of n characters
    could ask for n² cells.
    """
    if start_line + 2 > end_line:
        return False
    rule = state.src[state.bMarks[start_line + 1] : state.eMarks[start_line + 1]]
    columns = rule.count("|") + 1
    rows = (MAX_CELLS - state.env["cells"]) // columns
    if rows < 2:
        return False
    # The line of dashes is a line, but no row.
    if not table(state, start_line, min(end_line, start_line + 1 + rows), silent):
        return False
    if not silent:
        state.env["cells"] += columns * (state.line - start_line - 1)
    return True


def marked_quotation(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Block rule: a quotation ends with the last line that has its ">".

    CommonMark lets a quoted paragraph run on without it, for which the library reads all
    following lines again at every quotation; besides, people who answer below a quotation
    do not mean to quote their answer.
    """
    if silent:
        return bool(blockquote(state, start_line, end_line, True))
    line = start_line
    while line < end_line and state.sCount[line] >= state.blkIndent:
        first = state.bMarks[line] + state.tShift[line]
        if first >= state.eMarks[line] or state.src[first] != ">":
            break
        line += 1
    if line == start_line:
        return False
    line_max, state.lineMax = state.lineMax, line
    quoted = bool(blockquote(state, start_line, line, False))
    state.lineMax = line_max
    return quoted


def tick_tasks(state: StateCore) -> None:
    """Core rule: list items that begin with `[ ]` or `[x]` get a box, ticked or not.

    The box is a character: readable everywhere, and never mistaken for a control.
    """
    for item, paragraph, inline in zip(
        state.tokens, state.tokens[1:], state.tokens[2:], strict=False
    ):
        if item.type != "list_item_open" or paragraph.type != "paragraph_open":
            continue
        done = inline.content[:4].lower() == "[x] "
        if not inline.children or not (done or inline.content.startswith("[ ] ")):
            continue
        first = inline.children[0]
        if first.type == "text" and first.content[:4].lower() in ("[x] ", "[ ] "):
            item.attrSet("class", "task-done" if done else "task")
            first.content = ("☑ " if done else "☐ ") + first.content[4:]
