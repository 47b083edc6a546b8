"""Parts of a hall's page, drawn for no reader in particular: for pages and for open screens.

Each function draws one element of the page by its number from what is stored now. Whoever calls
has asked the access rule, or sends the result to the audience of the hall.
"""

from collections.abc import Iterable, Sequence
from typing import cast

from django.core.cache import caches
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from hallway.entries.models import Text
from hallway.townhalls import queries
from hallway.townhalls.models import Question, TownHall
from hallway.townhalls.queries import Bill


def words(text: Text) -> SafeString:
    """The words of a hall as HTML."""
    # Made by core.text.render, the one sanitiser, when they were written.
    return mark_safe(text.html)


def answer_of(question: Question) -> SafeString:
    """The answer in writing as HTML, '' without one."""
    # Made by core.text.render, the one sanitiser, when it was written.
    return mark_safe(question.answer_html)


def head(bill: Bill) -> SafeString:
    """`#head-H` of a hall on air: its title, who speaks, where."""
    return _drawn("_head", hall=bill.hall, title=bill.title, people=bill.people)


def about(bill: Bill, text: Text) -> SafeString:
    """`#words-H`: what it is about."""
    return _drawn("_words", hall=bill.hall, words=words(text), has_words=bool(text.html))


def over(bill: Bill) -> SafeString:
    """`#list-H` of a hall that has just ended, in place of the questions."""
    return _drawn("_over", hall=bill.hall)


def status(bill: Bill) -> SafeString:
    """`#status-H`: the pills on the stage."""
    return _drawn("_status", hall=bill.hall, present=bill.present)


def stage(bill: Bill) -> SafeString:
    """`#stage-H`: picture or player, and the question on stage. Replace it by morphing."""
    return _drawn("_stage", hall=bill.hall, staged=bill.hall.answering, people=bill.people)


def ask(bill: Bill) -> SafeString:
    """`#ask-H`: the box for asking, or the word why there is none."""
    return _drawn("_ask", hall=bill.hall, people=bill.people)


def question(each: Question, hall: TownHall, *, fresh: bool = False) -> SafeString:
    """`#question-Q`: a row of the list. `each` comes with its author."""
    each.answer_words = answer_of(each)  # type: ignore[attr-defined]
    return _drawn("_question", question=each, hall=hall, fresh=fresh)


def rows(placed: Sequence[tuple[Question, bool]], hall: TownHall) -> list[bytes]:
    """The rows (UTF-8) of these questions, each with whether few have seen it, in their order.

    A row is drawn once for every count of votes and for all readers; a crowd that arrives at the
    same time finds it drawn.
    """
    cache = caches["cards"]
    keys = [_key(each, fresh) for each, fresh in placed]
    found = cache.get_many(keys)
    new = {}
    for (each, fresh), key in zip(placed, keys, strict=True):
        if key not in found:
            found[key] = new[key] = question(each, hall, fresh=fresh).encode()
    cache.set_many(new)
    return [found[key] for key in keys]


def answered(each: Question, hall: TownHall) -> SafeString:
    """`#answered-Q`: a line of what was answered."""
    return _drawn("_answered", question=each, hall=hall)


def declined(hall: TownHall) -> SafeString:
    """`#declined-H`: how many questions were declined, and why."""
    reasons = queries.declined(hall)
    total = sum(count for _, count in reasons)
    return _drawn("_declined", hall=hall, declined=reasons, declined_total=total)


def polls(hall: TownHall) -> Sequence[SafeString]:
    """`#poll-P` for each poll everybody sees, in their order."""
    return [_drawn("_poll", poll=look) for look in queries.polls(hall)]


def poll(hall: TownHall, pk: int) -> SafeString | None:
    """`#poll-P`, or None while it is only prepared."""
    for look in queries.polls(hall, only=pk):
        return _drawn("_poll", poll=look)
    return None


def cheers(hall: TownHall) -> SafeString:
    """`#cheers-H`: the counters."""
    return _drawn("_cheers", hall=hall, cheers=queries.cheers(hall))


def on_air(bill: Bill) -> SafeString:
    """`#air-H`: the bar on every page of the audience."""
    people = bill.people
    return _drawn("_on_air", hall=bill.hall, people=people, title=bill.title, present=bill.present)


def bars(halls: Iterable[int]) -> list[SafeString]:
    """The bars of these halls, in the order of their numbers; without any, nothing is asked."""
    bills = queries.bills_by_number(sorted(set(halls)))
    return [on_air(bills[pk]) for pk in sorted(bills)]


def _drawn(name: str, **context: object) -> SafeString:
    return cast("SafeString", get_template(f"townhalls/{name}.html").render(context))


def _key(each: Question, fresh: bool) -> str:
    """Names all that a row shows, for the cache."""
    author = each.author
    who = (author.handle, author.name, author.shown_location) if author else ()
    shown = (get_language(), each.pk, each.version, each.votes, each.state, fresh, *who)
    return f"question:{shown}"
