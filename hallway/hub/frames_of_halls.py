"""What deeds in town halls change on open screens: questions, stage, counts, who is there.

What everybody of the audience sees goes to the hall's topic, what only its moderators see to that
of its desk; the bar above every page, and how many are there, to the space's. A question that
nobody but the moderators may see is drawn for the desk alone, whatever the deed was: drawn is what
is stored now.
"""

from collections.abc import Callable, Sequence

from django.template.loader import get_template

from hallway.core.guarding import as_system
from hallway.hub.drawn import (
    Drawn,
    append_where,
    asked,
    in_all,
    on_desk,
    put,
    removed,
    replace,
    reread,
    tally,
)
from hallway.hub.frames_of_entries import card_of, deleted, edited, restored
from hallway.journal.reader import Deed
from hallway.townhalls import access, drawing, queries
from hallway.townhalls.crowd import were_there
from hallway.townhalls.desk import LISTS
from hallway.townhalls.models import Question
from hallway.townhalls.models.question import VISIBLE
from hallway.townhalls.queries import Bill
from hallway.townhalls.united import askers_of

STAGED = ("staged", "unstaged", "answered", "reopened")
"""Changes of a question after which another one is on stage, or none."""


def entry_edited(deed: Deed) -> Sequence[Drawn]:
    """New words of an entry; the page of a town hall that is not on air is read anew."""
    told = [*edited(deed)]
    bill = _bill(deed.entry_id)
    if bill is None:
        return told
    if not bill.hall.is_on_air:
        return [*told, reread(f"hall:{bill.hall.pk}", f"#hall-{bill.hall.pk}", "words")]
    return [*told, _bar(bill), _on(bill, "head", lambda: drawing.head(bill)), *_words(bill)]


def entry_deleted(deed: Deed) -> Sequence[Drawn]:
    """An entry goes; of a town hall on air also the bar above the pages."""
    return [*deleted(deed), *_bar_gone(deed)]


def entry_restored(deed: Deed) -> Sequence[Drawn]:
    """An entry stands again; a town hall on air has its bar again."""
    bill = _bill(deed.entry_id)
    return [*restored(deed), *([_bar(bill)] if bill and bill.hall.is_on_air else ())]


def opened(deed: Deed) -> Sequence[Drawn]:
    """It goes on air, on every screen of its audience."""
    bill = _bill(deed.entry_id)
    if bill is None or not bill.hall.is_on_air:
        return ()
    before = f"before-{bill.hall.pk}"
    gone = _same(f"hall:{bill.hall.pk}", before, removed(before))
    return [_bar(bill), gone, *_frame(bill), *_crowd(bill)]


def ended(deed: Deed) -> Sequence[Drawn]:
    """It is over: the bar goes, the hall says so, and shows in a while what came of it.

    The page of what was asked and answered is another for each reader; those who look read it
    anew one by one, the more they are the further apart.
    """
    bill = _bill(deed.entry_id)
    gone = _bar_gone(deed)
    if bill is None:
        return gone
    pk = bill.hall.pk
    over = in_all(lambda: put(f"list-{pk}", drawing.over(bill)))
    result = reread(f"hall:{pk}", f"#list-{pk}", "over", max(1, were_there(deed)))
    return [*gone, *_frame(bill), *_crowd(bill), Drawn(f"hall:{pk}", f"list-{pk}", over), result]


def changed(deed: Deed) -> Sequence[Drawn]:
    """Time, switches, who does what; while it is on air the page itself stays where it is."""
    bill = _bill(deed.entry_id)
    if bill is None:
        return ()
    hall = bill.hall
    if "asking" in deed.detail:
        box = in_all(lambda: replace(f"ask-{hall.pk}", drawing.ask(bill)))
        told = [Drawn(f"hall:{hall.pk}", f"ask-{hall.pk}", box), *card_of(hall.pk)]
        return [*told, _desk(bill, "#desk-head", "head")]
    told = _frame(bill)
    if hall.is_announced:
        told.append(reread(f"hall:{hall.pk}", f"#hall-{hall.pk}", "words"))
    elif hall.is_on_air:
        told.append(_bar(bill))
    return told


def question_asked(deed: Deed) -> Sequence[Drawn]:
    """A new question: in the list, or on the desk only while it waits to be released."""
    return _question(deed, "asked")


def question_changed(deed: Deed) -> Sequence[Drawn]:
    """What became of a question: where it stands, what is on stage, how many were declined."""
    return _question(deed, str(deed.detail.get("change", "")))


def poll_changed(deed: Deed) -> Sequence[Drawn]:
    """A poll opened or closed; one that is prepared is seen on the desk only."""
    bill = _bill(deed.entry_id)
    if bill is None:
        return ()
    return [*_poll(bill, int(deed.detail["poll"])), _desk(bill, "#desk-polls", "polls")]


def counted(deed: Deed) -> Sequence[Drawn]:
    """New counts of questions, polls and cheers, as they are now."""
    bill = _bill(deed.entry_id)
    if bill is None:
        return ()
    hall = bill.hall
    with as_system("counts for the whole audience"):
        rows = Question.objects.filter(hall=hall, pk__in=deed.detail["questions"])
        votes = list(rows.filter(state__in=VISIBLE).values_list("pk", "votes"))
    told = [
        _same(f"hall:{hall.pk}", f"votes-{pk}", tally("question", pk, count)) for pk, count in votes
    ]
    for pk in deed.detail["polls"]:
        told += [*_poll(bill, int(pk)), *_options(bill, int(pk))]
    if deed.detail["cheers"]:
        told += [
            _same(f"hall:{hall.pk}", f"cheer-{each.kind}", tally("cheer", each.kind, each.count))
            for each in queries.cheers(hall)
        ]
    return told


def present(deed: Deed) -> Sequence[Drawn]:
    """How many are there: for the hall, and for the bar on other pages of its audience."""
    html = tally("present", deed.entry_id or 0, int(deed.detail["people"]))
    return [_same(f"space:{deed.space_id}", f"present-{deed.entry_id}", html)]


def _question(deed: Deed, change: str) -> Sequence[Drawn]:
    bill = _bill(deed.entry_id)
    if bill is None:
        return ()
    hall = bill.hall
    with as_system("a question for those who may see it, by its state"):
        rows = Question.objects.select_related("author", "owner")
        each = rows.filter(pk=deed.detail["question"], hall=hall).first()
    if each is None:
        return ()
    if hall.is_ended and change not in ("asked", "answered"):
        # What was promised and done afterwards stands on another page, which few look at.
        after = reread(f"hall:{hall.pk}", f"#after-{hall.pk}", "after")
        shown = f'[data-members="{hall.space_id}"]'
        return [
            after,
            *_on_desk(bill, each),
            reread(f"space:{hall.space_id}", shown, f"after-{hall.pk}"),
        ]
    told = [*_row(bill, each), *_answered(bill, each), *_on_desk(bill, each)]
    if change in STAGED or hall.answering_id == each.pk:
        told.append(_on(bill, "stage", lambda: drawing.stage(bill)))
    if change in ("declined", "released"):
        told.append(_on(bill, "declined", lambda: drawing.declined(hall)))
    if hall.is_ended:
        # Answer rate, owners and dates stand together on one page, and changes are rare by now.
        told.append(reread(f"hall:{hall.pk}", f"#after-{hall.pk}", "after"))
    if each.state not in VISIBLE or change == "released":
        # Askers see their own in whatever state, which nobody else is told; and what it went into.
        askers = askers_of(each) if each.merged else {each.author_id} - {None}
        told += [
            reread(f"person:{author}", f"#hall-{hall.pk}", f"asked-{hall.pk}") for author in askers
        ]
    return told


def _row(bill: Bill, each: Question) -> Sequence[Drawn]:
    target = f"question-{each.pk}"
    if each.state not in VISIBLE:
        return [_same(f"hall:{bill.hall.pk}", target, removed(target))]
    place = f"questions-{bill.hall.pk}"
    html = in_all(lambda: asked(place, drawing.question(each, bill.hall)))
    return [Drawn(f"hall:{bill.hall.pk}", target, html)]


def _answered(bill: Bill, each: Question) -> Sequence[Drawn]:
    target = f"answered-{each.pk}"
    if not each.is_settled:
        return [_same(f"hall:{bill.hall.pk}", target, removed(target))]
    place = f"answered-{bill.hall.pk}"
    html = in_all(lambda: asked(place, drawing.answered(each, bill.hall)))
    return [Drawn(f"hall:{bill.hall.pk}", target, html)]


def _on_desk(bill: Bill, each: Question) -> Sequence[Drawn]:
    target, topic = f"desk-question-{each.pk}", f"desk:{bill.hall.pk}"
    stands = any(each.state in states for _, _, states in LISTS)
    given = {"question": each, "hall": bill.hall}
    template = get_template("townhalls/_desk_question.html")
    html = in_all(lambda: on_desk(each.pk, template.render(given) if stands else ""))
    return [Drawn(topic, target, html)]


def _frame(bill: Bill) -> list[Drawn]:
    """What of the page depends on the stage of the hall; and its card, and the desk."""
    hall = bill.hall
    told = [
        *([_on(bill, "head", lambda: drawing.head(bill))] if hall.is_on_air else ()),
        _on(bill, "status", lambda: drawing.status(bill)),
        _on(bill, "stage", lambda: drawing.stage(bill)),
        _on(bill, "ask", lambda: drawing.ask(bill)),
        _desk(bill, "#desk-head", "head"),
        *card_of(hall.pk),
    ]
    people = {person.pk for person in (*bill.cast.hosts, *bill.cast.speakers)}
    people |= {person.pk for person in bill.cast.moderators} | {hall.entry.author_id}
    people |= set(access.hosting_besides(hall))
    # Those who direct it have other buttons now; they are few.
    return [*told, *(reread(f"person:{pk}", f"#hall-{hall.pk}", "tools") for pk in sorted(people))]


def _words(bill: Bill) -> list[Drawn]:
    target = f"words-{bill.hall.pk}"
    text = access.words_of([bill.hall.pk]).first()
    if text is None:
        return []
    html = in_all(lambda: put(target, drawing.about(bill, text)))
    return [Drawn(f"hall:{bill.hall.pk}", target, html)]


def _crowd(bill: Bill) -> list[Drawn]:
    hall = bill.hall
    told = [_on(bill, "cheers", lambda: drawing.cheers(hall))]
    for look in queries.polls(hall):
        told += _poll(bill, look.pk)
    return told


def _poll(bill: Bill, pk: int) -> Sequence[Drawn]:
    if drawing.poll(bill.hall, pk) is None:
        return ()
    place = f"polls-{bill.hall.pk}"
    html = in_all(lambda: asked(place, drawing.poll(bill.hall, pk) or ""))
    return [Drawn(f"hall:{bill.hall.pk}", f"poll-{pk}", html)]


def _options(bill: Bill, pk: int) -> Sequence[Drawn]:
    """The numbers on the desk, whose polls are not drawn for everybody."""
    return [
        _same(f"desk:{bill.hall.pk}", f"option-{each.pk}", tally("option", each.pk, each.votes))
        for look in queries.polls(bill.hall, only=pk)
        for each in look.choices
    ]


def _on(bill: Bill, part: str, html: Callable[[], str]) -> Drawn:
    target = f"{part}-{bill.hall.pk}"
    return Drawn(f"hall:{bill.hall.pk}", target, in_all(lambda: replace(target, html())))


def _bar(bill: Bill) -> Drawn:
    hall = bill.hall
    # Over the pages of those only who have the space in their menu, as when a page is read.
    over = f'body:has(unread-count[space="{hall.space_id}"]) #on-air'
    html = in_all(lambda: append_where(over, drawing.on_air(bill)))
    return Drawn(f"space:{hall.space_id}", f"air-{hall.pk}", html)


def _bar_gone(deed: Deed) -> Sequence[Drawn]:
    if deed.entry_id is None or not access.is_hall(deed.entry_id):
        return ()
    target = f"air-{deed.entry_id}"
    return [_same(f"space:{deed.space_id}", target, removed(target))]


def _desk(bill: Bill, where: str, name: str) -> Drawn:
    return reread(f"desk:{bill.hall.pk}", where, name)


def _same(topic: str, target: str, html: str) -> Drawn:
    return Drawn(topic, target, in_all(lambda: html))


def _bill(pk: int | None) -> Bill | None:
    """The hall as it is now, unless its entry has been deleted."""
    return None if pk is None else queries.bills_by_number([pk]).get(pk)
