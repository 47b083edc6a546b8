"""Turning what a person wrote into safe HTML, plain text, and the people and tags it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from hallway.core.text.addresses import LINK_REL, is_safe_address
from hallway.core.text.cleaning import clean_name, clean_text
from hallway.core.text.limits import MAX_REFERENCES, MAX_SOURCE, require_bounded
from hallway.core.text.markdown import parse
from hallway.core.text.plain import plain_of
from hallway.core.text.references import Reference, fold_handle, fold_tag, references_in
from hallway.core.text.sanitising import sanitised

_RENDERER = RendererHTML()
_OPTIONS = MarkdownIt("commonmark", {"breaks": True, "xhtmlOut": False}).options
People = Mapping[str, str] | Callable[[Sequence[str]], Mapping[str, str]]
_LOWEST_HEADING = 6
_HEADINGS_BEGIN_AT = 3


@dataclass(frozen=True, slots=True)
class Rendered:
    """One text, ready to be shown and searched."""

    html: str
    """Only elements and attributes of `sanitising.ALLOWED`; a plain string, not marked as safe."""
    plain: str
    """The words alone, blocks on lines of their own."""
    mentions: tuple[str, ...]
    """Handles that were linked, in the order written, each once."""
    tags: tuple[str, ...]
    """Folded tags, in the order written, each once."""


def render(source: str, *, people: People, max_length: int = MAX_SOURCE) -> Rendered:
    """Return `source` (Markdown) as HTML and plain text.

    `people` maps the handles the author may mention to display names, or is asked for that once
    with the handles that were written; any other "@handle" stays the text it is. `max_length`
    counts characters. Raises TextTooLong.
    """
    require_bounded(source, max_length)
    tokens = parse(clean_text(source), max_length)
    if callable(people):
        handles = _handles(tokens) if "@" in source else ()
        people = people(handles) if handles else {}
    weaving = _Weaving(people)
    weaving.weave(tokens)
    html = sanitised(_RENDERER.render(tokens, _OPTIONS, {}))
    return Rendered(
        html=html,
        plain=plain_of(tokens),
        mentions=tuple(weaving.mentions),
        tags=tuple(weaving.tags),
    )


def find_mentions(source: str, *, max_length: int = MAX_SOURCE) -> tuple[str, ...]:
    """Return the handles written in `source` outside code and links, folded, each once.

    Raises TextTooLong.
    """
    require_bounded(source, max_length)
    return _handles(parse(clean_text(source), max_length)) if "@" in source else ()


def _handles(tokens: list[Token]) -> tuple[str, ...]:
    """The handles that weaving `tokens` will meet; changes nothing."""
    written: dict[str, None] = {}
    references = 0
    for token in tokens:
        links = 0
        for child in token.children or () if token.type == "inline" else ():
            if child.type in ("link_open", "link_close"):
                links += child.nesting
            elif child.type == "text" and not links:
                for reference in references_in(child.content):
                    if references == MAX_REFERENCES:
                        return tuple(written)
                    references += 1
                    if reference.kind == "person":
                        written.setdefault(fold_handle(reference.written))
    return tuple(written)


@dataclass(slots=True)
class _Weaving:
    """Turns parsed tokens into those that are shown, and keeps what it met on the way."""

    people: Mapping[str, str]
    mentions: dict[str, None] = field(default_factory=dict)
    tags: dict[str, None] = field(default_factory=dict)
    references: int = 0

    def weave(self, tokens: list[Token]) -> None:
        for token in tokens:
            if token.type == "inline":
                token.children = self._inline(token.children or [])
            elif token.type in ("heading_open", "heading_close"):
                level = int(token.tag[1]) + _HEADINGS_BEGIN_AT - 1
                token.tag = f"h{min(level, _LOWEST_HEADING)}"
            elif token.type in ("th_open", "td_open"):
                # An inline style is forbidden by our content security policy.
                alignment = str(token.attrs.pop("style", "")).removeprefix("text-align:")
                if alignment:
                    token.attrSet("class", f"align-{alignment}")
            elif token.type == "fence":
                token.info = ""

    def _inline(self, children: list[Token]) -> list[Token]:
        shown: list[Token] = []
        links = 0
        for token in children:
            if token.type == "link_open":
                links += 1
                # A link inside a link is none.
                if links == 1:
                    token.attrs = {"href": token.attrs["href"], "rel": LINK_REL}
                    shown.append(token)
            elif token.type == "link_close":
                links -= 1
                if not links:
                    shown.append(token)
            elif token.type == "text" and not links:
                shown += self._text(token)
            else:
                if token.type == "text_special":
                    # An entity can spell what was removed from the source.
                    token.content = clean_text(token.content)
                    token.type = "text"
                shown.append(token)
        return shown

    def _text(self, token: Token) -> list[Token]:
        content = token.content
        shown: list[Token] = []
        position = 0
        for reference in references_in(content):
            if self.references == MAX_REFERENCES:
                break
            self.references += 1
            replacement = self._reference(reference)
            if replacement:
                if reference.start > position:
                    shown.append(_text_token(content[position : reference.start]))
                shown += replacement
                position = reference.end
        if not position:
            return [token]
        if position < len(content):
            shown.append(_text_token(content[position:]))
        return shown

    def _reference(self, reference: Reference) -> list[Token]:
        written = reference.written
        if reference.kind == "person":
            handle = fold_handle(written)
            name = clean_name(self.people.get(handle, ""))
            if not name:
                return []
            self.mentions.setdefault(handle)
            return _link({"class": "mention", "href": f"/people/{handle}"}, f"@{name}")
        if reference.kind == "tag":
            tag = fold_tag(written)
            self.tags.setdefault(tag)
            return _link({"class": "tag", "href": f"/tags/{quote(tag, safe='')}"}, f"#{written}")
        prefix = "mailto:" if reference.kind == "mail" else "https://"
        address = prefix + quote(written, safe="/:?#@!$&'()*+,;=%~-._")
        if not is_safe_address(address):
            return []
        return _link({"href": address, "rel": LINK_REL}, written)


def _link(attributes: dict[str, str | int | float], words: str) -> list[Token]:
    return [
        Token("link_open", "a", 1, attrs=attributes),
        _text_token(words),
        Token("link_close", "a", -1),
    ]


def _text_token(content: str) -> Token:
    return Token("text", "", 0, content=content)
