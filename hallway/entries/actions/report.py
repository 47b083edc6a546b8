"""Report an entry, and decide what becomes of it."""

from hallway.audit.models import Deed
from hallway.audit.writer import note
from hallway.core.guarding import as_system
from hallway.core.text import clean_line
from hallway.core.writing import writing
from hallway.entries import office, removals
from hallway.entries.actions.delete import take_away
from hallway.entries.actions.holding import demand, holding
from hallway.entries.models import Decision, Entry, Report
from hallway.entries.models.report import MOST_REASON
from hallway.entries.reporting import decidable_by
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person
from hallway.spaces.actions import NotAllowed


class ReasonMissing(ValueError):
    """Whoever reports or removes says why."""


def report(entry: Entry, reason: str, *, by: Person) -> bool:
    """Ask those who look after the space to look at an entry; returns whether it was new.

    Who has a report open adds nothing by another. Raises ReasonMissing, and NotAllowed when `by`
    may not see it (any more) or wrote it.
    """
    said = _reason(reason)
    with holding(entry, "the rule is asked inside") as held:
        demand(by, "report", held)
        _, new = Report.objects.get_or_create(
            entry=entry, by=by, decision=None, defaults={"reason": said}
        )
        if new:
            record(Verb.ENTRY_REPORTED, actor=by.pk, space=held.space_id, entry=entry.pk)
    return new


def decide(entry: Entry, outcome: str, reason: str = "", *, by: Person) -> bool:
    """Keep or remove an entry that was reported; returns whether anything was open.

    Both stay on record with who, when and why. Raises ReasonMissing where a removal has none, and
    NotAllowed when `by` may not decide (any more).
    """
    removes = Decision.Outcome(outcome) is Decision.Outcome.REMOVED
    said = _reason(reason) if removes else clean_line(reason)[:MOST_REASON]
    with writing():
        removals.hold(entry)
        with holding(entry, "the rule is asked inside") as held:
            by_office = office.looked_at(by).filter(pk=entry.pk).exists()
            if not by_office and not decidable_by(by).filter(pk=entry.pk).exists():
                if Report.objects.filter(entry=entry, decision=None).exists():
                    raise NotAllowed("decide")
                return False
            made = Decision.objects.create(entry=held, by=by, outcome=outcome, reason=said)
            Report.objects.filter(entry=entry, decision=None).update(decision=made)
            record(
                Verb.ENTRY_JUDGED,
                actor=by.pk,
                space=held.space_id,
                entry=entry.pk,
                outcome=made.outcome,
                decision=made.pk,
            )
            if by_office:
                what = office.name_of(entry.pk)
                deed = Deed.REPORT_DECIDED
                note(deed, by=by.pk, space=held.space_id, before=what, after=made.outcome)
            if removes:
                take_away(held, by=by)
    return True


def look(pk: int, *, by: Person) -> None:
    """Let an administrator see, for an hour, what was reported where they may not read.

    The look stands in the audit log. Raises NotAllowed where nothing reported is to be seen so.
    """
    with writing(), as_system("the rule is asked inside"):
        entry = office.behind_doors(by).filter(pk=pk).first()
        if entry is None:
            raise NotAllowed("look")
        note(Deed.REPORT_SEEN, by=by.pk, space=entry.space_id, after=office.name_of(pk))


def _reason(text: str) -> str:
    said = clean_line(text)[:MOST_REASON]
    if not said:
        raise ReasonMissing
    return said
