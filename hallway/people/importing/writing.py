"""Writing one batch of people: a few statements in one transaction, each deed in the journal."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hallway.audit.models import Deed
from hallway.audit.writer import note
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record_each
from hallway.people.administering import demand_administrator
from hallway.people.importing.handles import Handles
from hallway.people.importing.reading import Line, interface_language
from hallway.people.importing.units import Units
from hallway.people.models import Person, PersonSkill
from hallway.people.moving import moved
from hallway.people.naming import index_names, sort_name_of

WRITTEN = (
    *("name", "sort_name", "handle", "title", "location", "languages", "unit", "unit_confirmed"),
    "card_version",
)
ON_CARDS = {"name", "title"}


@dataclass(slots=True)
class Outcome:
    """What became of the lines of one batch."""

    new: int = 0
    changed: int = 0
    unchanged: list[int] = field(default_factory=list)
    """Numbers of the lines."""
    bad: list[tuple[int, str | Promise]] = field(default_factory=list)


class Writer:
    """Writes batches; with `dry_run` it only finds out what would be written."""

    def __init__(self, *, dry_run: bool, by: Person | None = None) -> None:
        self.dry_run = dry_run
        self._by = by
        self.units = Units(dry_run=dry_run)
        self._handles = Handles()
        self._known_words: set[str] = set()

    def write(self, lines: Sequence[Line]) -> Outcome:
        """Write one batch, whole or not at all."""
        if self.dry_run:
            return self._write(lines)
        with writing():
            if self._by is not None:
                demand_administrator(self._by)
            outcome = self._write(lines)
            note_import(self._by, outcome.new, outcome.changed)
        return outcome

    def _write(self, lines: Sequence[Line]) -> Outcome:
        outcome = Outcome()
        there = people_by_email({line.email for line in lines} | {line.manager for line in lines})
        held = _skills_of([there[line.email].pk for line in lines if line.email in there])
        new: list[tuple[Person, Line]] = []
        changed: list[tuple[Person, Line]] = []
        renamed: list[Person] = []
        for line in lines:
            person = there.get(line.email)
            try:
                if person is None:
                    new.append((self._joined(line, there.get(line.manager)), line))
                    continue
                names = self._change(person, line)
            except _Refused as refused:
                outcome.bad.append((line.number, refused.sentence))
                continue
            skills = line.skills is not None and line.skills.keys() != held.get(person.pk, set())
            if not names and not skills:
                outcome.unchanged.append(line.number)
                continue
            changed.append((person, line))
            if {"name", "handle"} & names:
                renamed.append(person)
        outcome.new, outcome.changed = len(new), len(changed)
        if not self.dry_run:
            self._save(new, changed, renamed)
        return outcome

    def _joined(self, line: Line, manager: Person | None) -> Person:
        if line.handle and not self._handles.wanted(line.handle):
            raise _Refused(_taken(line.handle))
        name = line.fields["name"]
        fields = {"languages": line.language, **line.fields}
        person = Person(
            email=line.email,
            handle=line.handle or self._handles.made_from(name),
            sort_name=sort_name_of(name),
            kind=line.kind or Person.Kind.EMPLOYEE,
            language=interface_language(line.language),
            unit_id=self.units.find(line.unit),
            unit_confirmed=bool(line.unit),
            # A manager further down in the file is found in the second pass.
            manager=manager,
            joined_at=timezone.now(),
            **fields,
        )
        person.set_unusable_password()
        return person

    def _change(self, person: Person, line: Line) -> set[str]:
        """Put the line's words onto `person`; the names of the columns that differ."""
        if line.kind and line.kind != person.kind:
            # It changes what somebody may read, which must not happen in passing.
            raise _Refused(
                _("an import cannot turn employees into guests or guests into employees.")
            )
        if line.handle and line.handle != person.handle and not self._handles.wanted(line.handle):
            raise _Refused(_taken(line.handle))
        wanted: dict[str, Any] = dict(line.fields)
        if line.handle:
            wanted["handle"] = line.handle
        if line.unit:
            wanted |= {"unit_id": self.units.find(line.unit), "unit_confirmed": True}
        names = {name for name, value in wanted.items() if getattr(person, name) != value}
        if "handle" in names:
            self._handles.free(person.handle)
        for name in names:
            setattr(person, name, wanted[name])
        person.sort_name = sort_name_of(person.name)
        person.card_version += bool(names & ON_CARDS)
        return names

    def _save(
        self,
        new: list[tuple[Person, Line]],
        changed: list[tuple[Person, Line]],
        renamed: list[Person],
    ) -> None:
        joined = [person for person, _line in new]
        if joined:
            Person.objects.bulk_create(joined)
        if changed:
            Person.objects.bulk_update([person for person, _line in changed], WRITTEN, 200)
        index_names([*joined, *renamed], known=self._known_words)
        _save_skills([*new, *changed])
        moved([person.pk for person, _line in (*new, *changed)])
        record_each(Verb.PERSON_JOINED, [person.pk for person in joined])
        record_each(Verb.PERSON_CHANGED, [person.pk for person, _line in changed])


def note_import(by: Person | None, new: int, changed: int) -> None:
    """Note in the audit log how many people a batch of `by`'s, or of a command, brought."""
    for deed, number in ((Deed.PEOPLE_ADDED, new), (Deed.PEOPLE_CHANGED, changed)):
        if number:
            note(deed, by=by.pk if by else None, number=number)


class _Refused(ValueError):
    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def people_by_email(addresses: Collection[str]) -> dict[str, Person]:
    """Those of the lower-case `addresses` that somebody has, with their people."""
    rows = Person.objects.annotate(address=Lower("email")).filter(address__in=addresses)
    return {person.email.lower(): person for person in rows}


def _skills_of(people: Sequence[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    rows = PersonSkill.objects.filter(person_id__in=people).order_by()
    for person, key in rows.values_list("person_id", "key"):
        found.setdefault(person, set()).add(key)
    return found


def _save_skills(lines: Sequence[tuple[Person, Line]]) -> None:
    told = [(person, line.skills) for person, line in lines if line.skills is not None]
    if not told:
        return
    PersonSkill.objects.filter(person__in=[person.pk for person, _skills in told]).delete()
    PersonSkill.objects.bulk_create(
        PersonSkill(person=person, key=key, name=name)
        for person, skills in told
        for key, name in skills.items()
    )


def _taken(handle: str) -> Promise | str:
    return format_lazy(_("somebody else has the handle {handle}."), handle=handle)
