"""Importing who follows whom, in batches of pairs."""

from collections.abc import Sequence
from typing import BinaryIO, NamedTuple

from django.db.models.functions import Lower
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hallway.core.csvfile import Problem, rows
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record_each
from hallway.people.importing.report import Progress, Report
from hallway.people.models import Follow, Person

BATCH = 1_000


class _Pair(NamedTuple):
    line: int
    follower: str
    followed: str


def import_follows(
    file: BinaryIO,
    *,
    dry_run: bool = False,
    strict: bool = False,
    progress: Progress = lambda line: None,
) -> Report:
    """Let people follow each other as a table says: e-mail addresses of follower and followed.

    Pairs that are there already stay as they are, and good lines are kept when others are bad,
    unless `strict`. The journal names the followed person and no actor: nobody did this themselves,
    so nobody is told of it. `file` is binary and can be sought; raises CsvRefused if it is no such
    table.
    """
    if dry_run or strict:
        report = _bring(file, dry_run=True, progress=progress)
        if dry_run or report.bad:
            report.refused = strict and bool(report.bad)
            return report
    return _bring(file, dry_run=False, progress=progress)


def _bring(file: BinaryIO, *, dry_run: bool, progress: Progress) -> Report:
    report = Report(dry_run=dry_run)
    reading = rows(file, ("follower", "followed"))
    report.note, report.ignored = reading.note, reading.ignored
    batch: list[_Pair] = []
    for row in reading:
        if isinstance(row, Problem):
            report.complain(row.line, row.sentence)
            continue
        batch.append(_Pair(row.line, row.cells["follower"].lower(), row.cells["followed"].lower()))
        if len(batch) == BATCH:
            _write(batch, report)
            progress(row.line)
            batch = []
    _write(batch, report)
    report.bad.sort(key=lambda bad: bad.line)
    return report


def _write(batch: Sequence[_Pair], report: Report) -> None:
    if not batch:
        return
    addresses = {address for pair in batch for address in (pair.follower, pair.followed)}
    people = {
        address: (pk, is_active)
        for address, pk, is_active in Person.objects.annotate(address=Lower("email"))
        .filter(address__in=addresses)
        .values_list("address", "pk", "is_active")
    }
    wanted: dict[tuple[int, int], None] = {}
    for pair in batch:
        reason = _refusal(pair, people)
        if reason:
            report.complain(
                pair.line, format_lazy(_("Line {line}: {reason}"), line=pair.line, reason=reason)
            )
            continue
        both = people[pair.follower][0], people[pair.followed][0]
        report.unchanged += both in wanted
        wanted[both] = None
    if report.dry_run:
        new = _new(wanted)
    else:
        with writing():
            new = _new(wanted)
            Follow.objects.bulk_create(
                [Follow(follower_id=follower, followed_id=followed) for follower, followed in new],
                ignore_conflicts=True,
            )
            record_each(Verb.PERSON_FOLLOWED, [followed for _follower, followed in new])
    report.new += len(new)
    report.unchanged += len(wanted) - len(new)


def _new(wanted: dict[tuple[int, int], None]) -> list[tuple[int, int]]:
    there = set(
        Follow.objects.filter(
            follower_id__in={follower for follower, _ in wanted},
            followed_id__in={followed for _, followed in wanted},
        ).values_list("follower_id", "followed_id")
    )
    return [both for both in wanted if both not in there]


def _refusal(pair: _Pair, people: dict[str, tuple[int, bool]]) -> str | Promise:
    for address in (pair.follower, pair.followed):
        if address not in people:
            return format_lazy(_("nobody here has the address “{text}”."), text=address[:80])
        if not people[address][1]:
            return format_lazy(_("{address} is no longer here."), address=address)
    return _("nobody follows themselves.") if pair.follower == pair.followed else ""
