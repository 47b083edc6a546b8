"""One change to open screens, as Turbo Stream HTML in every language.

Five actions are ours: `reread` lets a page be read anew where it shows something (`where` is a CSS
selector; without it every page is meant), at a moment of its own so that not all ask at once: how
soon follows from how many screens `topic` had when the page told the hub of itself;
`mine` says how the person at the screen reacted or that they saved something; `asked` puts an
element where it belongs in a list, in place of the one of its number if there is one anywhere,
`desk` the same for rows of a moderators' desk; `tally` writes a count wherever it is shown.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.html import escape


@dataclass(frozen=True, slots=True)
class Drawn:
    """One change for the screens of one topic: `html` is a Turbo Stream per language.

    `target` names what is changed; a later change of the same target replaces this one when a
    screen catches up.
    """

    topic: str
    target: str
    html: Mapping[str, str]


def in_all(html: Callable[[], str]) -> dict[str, str]:
    """What `html` draws, once in every language."""
    drawn = {}
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            drawn[language] = html()
    return drawn


def replace(target: str, html: str) -> str:
    """Turn the element `target` into `html`, keeping what did not change."""
    return (
        f'<turbo-stream action="replace" method="morph" target="{target}"><template>{html}'
        "</template></turbo-stream>"
    )


def put(target: str, html: str) -> str:
    """Put the element `html` in the place of the element `target`, which is of another kind."""
    return (
        f'<turbo-stream action="replace" target="{target}"><template>{html}'
        "</template></turbo-stream>"
    )


def asked(target: str, html: str) -> str:
    """Put the element `html` into the list `target`; one of the same id is replaced or moved."""
    return (
        f'<turbo-stream action="asked" target="{target}"><template>{html}</template></turbo-stream>'
    )


def on_desk(question: int, html: str) -> str:
    """Put the row `html` of a question where it belongs on the desk, or take it away ("")."""
    return (
        f'<turbo-stream action="desk" data-question="{question}"><template>{html}</template>'
        "</turbo-stream>"
    )


def removed(target: str) -> str:
    """Take the element `target` away."""
    return f'<turbo-stream action="remove" target="{target}"></turbo-stream>'


def tally(of: str, name: int | str, count: int) -> str:
    """Write the new `count` of a "question", a "cheer" or of who is "present" in a hall."""
    return (
        f'<turbo-stream action="tally" data-of="{of}" data-id="{name}" data-count="{count}">'
        "</turbo-stream>"
    )


def append(target: str, html: str) -> str:
    """Add `html` at the end of `target`; an element of the same id is replaced."""
    return (
        f'<turbo-stream action="append" target="{target}"><template>{html}</template>'
        "</turbo-stream>"
    )


def append_where(where: str, html: str) -> str:
    """Add `html` at the end of what the CSS selector `where` finds on a page, if anything."""
    return (
        f'<turbo-stream action="append" targets="{escape(where)}"><template>{html}</template>'
        "</turbo-stream>"
    )


def reread(topic: str, where: str = "", name: str = "page", crowd: int = 0) -> Drawn:
    """Let the pages of `topic` that have an element `where` be read anew, or all pages.

    One `name` stands for one `where` in a topic: when catching up, the last of a name is enough.
    `crowd` is how many screens hear of it, where that is known and there is time: then they take
    as long as it takes so many to ask one after the other.
    """
    known = f' data-crowd="{crowd}"' if crowd else ""
    html = (
        f'<turbo-stream action="reread" where="{escape(where)}" data-topic="{topic}"{known}>'
        "</turbo-stream>"
    )
    return Drawn(topic, name, in_all(lambda: html))


def refresh(topic: str) -> Drawn:
    """Let all pages of `topic` be read anew at once: for the few screens of one person."""
    html = '<turbo-stream action="refresh"></turbo-stream>'
    return Drawn(topic, "page", in_all(lambda: html))


def saved(person_id: int, entry_id: int, on: bool) -> Drawn:
    """Whether somebody has put an entry on their list, for the other screens of theirs."""
    html = (
        f'<turbo-stream action="mine" data-entry="{entry_id}" data-saved="{"1" if on else ""}">'
        "</turbo-stream>"
    )
    return Drawn(f"person:{person_id}", f"saved-{entry_id}", in_all(lambda: html))


def mine(person_id: int, entry_id: int, reaction: str | None) -> Drawn:
    """How somebody reacted, for the other screens of theirs."""
    html = (
        f'<turbo-stream action="mine" data-entry="{entry_id}" data-kind="{reaction or ""}">'
        "</turbo-stream>"
    )
    return Drawn(f"person:{person_id}", f"mine-{entry_id}", in_all(lambda: html))
