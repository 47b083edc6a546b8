"""Tickets for pages: minted with the page, and again when a screen comes back."""

from collections.abc import Iterable
from urllib.parse import parse_qs

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from hallway.accounts.models import session_hash
from hallway.hub.gate import visible_topics
from hallway.hub.tickets import MOST_TOPICS, is_topic, mint
from hallway.journal import reader
from hallway.journal.position import Position
from hallway.people.models import Person


def ticket_for(
    request: HttpRequest, topics: Iterable[str], position: Position, known: Iterable[str] = ()
) -> str:
    """Return a ticket for the page being answered, or "" for somebody who is not signed in.

    `topics` in the order of their weight: those beyond `MOST_TOPICS` are left out, and so are those
    the person may not see, for the hub would tell the page that it has lost them. `position` is
    where the journal stood before the page's own queries. The hub asks again when the ticket comes.
    `known` are further topics that the page's own queries have just found to be the viewer's.
    """
    person, key = request.user, request.session.session_key
    if not isinstance(person, Person) or not person.is_active or not key:
        return ""
    sure = dict.fromkeys(known)
    doubtful = [topic for topic in dict.fromkeys(topics) if topic not in sure]
    wanted = [*sure, *visible_topics(person, doubtful[: MOST_TOPICS - len(sure)])]
    return mint(
        person.pk,
        session_hash(key),
        wanted[:MOST_TOPICS],
        position,
        get_language() or "en",
        getattr(request, "incarnation", "") or reader.incarnation(),
    )


@login_not_required  # it answers a script, to which a page for signing in would mean nothing
@require_GET
def ticket(request: HttpRequest) -> HttpResponse:
    """Answer `?t=space:3&t=person:5&p=0.118` with a new ticket for what may still be seen of it."""
    if not isinstance(request.user, Person) or not request.user.is_active:
        return _answer({"error": "signed out"}, 401)
    try:
        # Django's own limit of parameters is lower than the number of topics of a busy person.
        asked = parse_qs(request.META.get("QUERY_STRING", ""), max_num_fields=MOST_TOPICS + 1)
        position = Position.parse(asked.get("p", [""])[0])
    except ValueError:
        return _answer({"error": "p must be a position, with at most 900 topics"}, 400)
    topics = filter(is_topic, asked.get("t", []))
    return _answer({"ticket": ticket_for(request, topics, position)}, 200)


def _answer(body: dict[str, str], status: int) -> JsonResponse:
    return JsonResponse(body, status=status, headers={"Cache-Control": "private, no-store"})
