"""The one sentence a notification is, in the reader's language."""

from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

from django.urls import reverse
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from hallway.core.text import excerpt
from hallway.entries.models import Entry
from hallway.notifications.models import MOST_ACTORS, Notification
from hallway.people.models import Person
from hallway.townhalls.models import Question

Kind = Notification.Kind


@dataclass(frozen=True)
class Line:
    """A notification as the page shows it; made for the viewer, never kept."""

    row: Notification
    sentence: SafeString
    quote: str
    url: str

    @property
    def plain(self) -> str:
        """The sentence without marks, for mail and push."""
        return unescape(strip_tags(self.sentence))


def line(row: Notification, seconds: dict[int, Person]) -> Line:
    """Say `row` to its person; `seconds` holds those named beside the last actor."""
    names = _names(row, seconds)
    text = _sentence(row)
    space = row.space.name if row.space else ""
    quote = ""
    if row.question:
        quote = excerpt(row.question.text, 140)
    elif row.latest and not _is_gone(row):
        words = row.latest.text
        quote = words.title or excerpt(words.plain, 140)
    said = format_html(
        text,
        names=names,
        space=format_html("<b>{}</b>", space),
        author=row.about.author.name if row.about else "",
    )
    return Line(row, said, quote, _url(row))


def _url(row: Notification) -> str:
    if row.question:
        return reverse("townhalls:follow-up", args=[row.question.pk])
    if row.kind == Kind.SETTLED and _is_gone(row):
        return reverse("notifications:notices")
    if row.latest and row.kind == Kind.REMINDER:
        return reverse("townhalls:hall", args=[row.latest.pk])
    if row.latest:
        return row.latest.url + _PAGES.get(row.kind, "")
    if row.space:
        # Who asks is answered among the members.
        asked = row.kind == Kind.ASKED
        return reverse("spaces:members", args=[row.space.slug]) if asked else row.space.url
    return "/scheduled" if row.kind == Kind.UNSENT else row.actor.url


def _is_gone(row: Notification) -> bool:
    """Whether what was reported is removed: its words are told to nobody by this way."""
    deleted = row.latest is not None and row.latest.state == Entry.State.DELETED
    return deleted and row.kind == Kind.SETTLED


_PAGES: dict[str, str] = {Kind.REPORTED: "/decide", Kind.JUDGED: "/decision"}
"""Where it is not the entry itself that one is led to."""


def _names(row: Notification, seconds: dict[int, Person]) -> SafeString:
    first = format_html("<b>{}</b>", row.actor.name)
    others = len(row.actors) - 1
    if others == 0:
        return first
    second = seconds.get(row.actors[1]) if others == 1 else None
    if second is not None:
        return format_html(
            gettext("{first} and {second}"),
            first=first,
            second=format_html("<b>{}</b>", second.name),
        )
    if len(row.actors) >= MOST_ACTORS:
        return format_html(gettext("{first} and 99+ others"), first=first)
    text = ngettext("{first} and {count} other", "{first} and {count} others", others)
    return format_html(text, first=first, count=others)


def _sentence(row: Notification) -> str:
    count = len(row.actors)
    if row.question is not None and row.kind != Kind.OWNER:
        return _of_question(row, row.question, count)
    if row.latest is None or row.kind in (Kind.OWNER, Kind.REMINDER):
        return _SENTENCES[row.kind](count)
    is_post = not row.latest.is_comment
    if row.kind == Kind.SETTLED:
        return _settled(row, row.latest, is_post)
    if row.kind == Kind.REPLY:
        return _reply(row, count)
    return _OF_ENTRIES[row.kind, is_post](count)


def _settled(row: Notification, entry: Entry, is_post: bool) -> str:
    if entry.author_id == row.person_id:
        if is_post:
            return gettext("Your post was reported. It was looked at and stays")
        return gettext("Your comment was reported. It was looked at and stays")
    if _is_gone(row):
        return gettext("What you reported was removed")
    return gettext("What you reported was looked at and stays")


def _reply(row: Notification, count: int) -> str:
    parent = row.latest.parent if row.latest else None
    if row.about and row.about.author_id == row.person_id:
        return ngettext("{names} commented on your post", "{names} commented on your post", count)
    if parent and parent.author_id == row.person_id:
        return ngettext("{names} replied to your comment", "{names} replied to your comment", count)
    return ngettext(
        "{names} commented on the post by {author}",
        "{names} commented on the post by {author}",
        count,
    )


def _of_question(row: Notification, question: Question, count: int) -> str:
    own = question.author_id == row.person_id
    if row.kind == Kind.WRITTEN:
        if own:
            return ngettext(
                "{names} answered your question in writing",
                "{names} answered your question in writing",
                count,
            )
        return ngettext(
            "{names} answered a question you back in writing",
            "{names} answered a question you back in writing",
            count,
        )
    if own:
        return ngettext(
            "{names} said what becomes of your question",
            "{names} said what becomes of your question",
            count,
        )
    return ngettext(
        "{names} said what becomes of a question you back",
        "{names} said what becomes of a question you back",
        count,
    )


# Whole sentences with {names} as their subject, so that every language can bend the verb.
_OF_ENTRIES: dict[tuple[str, bool], Callable[[int], str]] = {
    (Kind.MENTION, True): lambda n: ngettext(
        "{names} mentioned you in a post", "{names} mentioned you in a post", n
    ),
    (Kind.MENTION, False): lambda n: ngettext(
        "{names} mentioned you in a comment", "{names} mentioned you in a comment", n
    ),
    (Kind.REPORTED, True): lambda n: ngettext(
        "{names} reported a post", "{names} reported a post", n
    ),
    (Kind.REPORTED, False): lambda n: ngettext(
        "{names} reported a comment", "{names} reported a comment", n
    ),
    (Kind.JUDGED, True): lambda n: ngettext(
        "{names} removed your post", "{names} removed your post", n
    ),
    (Kind.JUDGED, False): lambda n: ngettext(
        "{names} removed your comment", "{names} removed your comment", n
    ),
    (Kind.POSTED, True): lambda n: ngettext("{names} posted", "{names} posted", n),
    (Kind.SHARED, True): lambda n: ngettext(
        "{names} shared your post", "{names} shared your post", n
    ),
    (Kind.REACTION, True): lambda n: ngettext(
        "{names} reacted to your post", "{names} reacted to your post", n
    ),
    (Kind.REACTION, False): lambda n: ngettext(
        "{names} reacted to your comment", "{names} reacted to your comment", n
    ),
}

_SENTENCES: dict[str, Callable[[int], str]] = {
    Kind.UNSENT: lambda n: gettext(
        "A post you scheduled could not be published. Its words are kept"
    ),
    Kind.FOLLOWER: lambda n: ngettext("{names} follows you", "{names} follow you", n),
    Kind.ASKED: lambda n: ngettext(
        "{names} asks to join {space}", "{names} ask to join {space}", n
    ),
    Kind.APPROVED: lambda n: ngettext(
        "{names} added you to {space}", "{names} added you to {space}", n
    ),
    Kind.DECLINED: lambda n: ngettext(
        "{names} declined your request to join {space}",
        "{names} declined your request to join {space}",
        n,
    ),
    Kind.INVITED: lambda n: ngettext(
        "{names} invited you to {space}", "{names} invited you to {space}", n
    ),
    Kind.MANAGER: lambda n: ngettext(
        "{names} made you a manager of {space}", "{names} made you a manager of {space}", n
    ),
    Kind.MEMBER: lambda n: ngettext(
        "{names} made you an ordinary member of {space}",
        "{names} made you an ordinary member of {space}",
        n,
    ),
    Kind.REMOVED: lambda n: ngettext(
        "{names} removed you from {space}", "{names} removed you from {space}", n
    ),
    Kind.OWNER: lambda n: ngettext(
        "{names} entrusted a question to you", "{names} entrusted a question to you", n
    ),
    Kind.REMINDER: lambda n: gettext("You wanted to be reminded: the town hall is about to begin"),
}
