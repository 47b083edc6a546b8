"""Make and end rules of a space: whoever fits them comes and goes in the same transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from hallway.audit.models import Deed
from hallway.audit.writer import note
from hallway.core.text import clean_line
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import OrgUnit, Person
from hallway.spaces.actions.holding import demand, holding
from hallway.spaces.actions.keep import alone_with_people, keep_space
from hallway.spaces.models import Membership, Rule, Space
from hallway.spaces.ruling import MOST_RULES, rules_of


class TooManyRules(ValueError):
    """The space has as many rules as one may have."""


def add_rule(
    space: Space, ground: str, *, unit: OrgUnit | None = None, value: str = "", by: Person
) -> bool:
    """Let whoever fits belong to `space` from now on; returns whether the rule is new.

    Raises NotAllowed, TooManyRules, and ValueError for a ground that does not count here.
    """
    wanted = Rule(ground=Rule.Ground(ground), unit=unit, value=clean_line(value))
    with _alone_with(space) as held:
        demand(by, "rule", held)
        if wanted.ground not in grounds_of(held):
            raise ValueError(ground)
        there = rules_of(held)
        if there.filter(ground=wanted.ground, unit=unit, value=wanted.value).exists():
            return False
        if there.count() >= MOST_RULES:
            raise TooManyRules
        wanted.space = held
        wanted.save(force_insert=True)
        _settle(held, Deed.RULE_ADDED, by)
    return True


def drop_rule(space: Space, pk: int, *, by: Person) -> bool:
    """End a rule; who came by it and fits no other goes. Returns whether it was there.

    Raises NotAllowed.
    """
    with _alone_with(space) as held:
        demand(by, "rule", held)
        gone, _ = Rule.objects.filter(space=held, pk=pk).delete()
        if gone:
            _settle(held, Deed.RULE_ENDED, by)
    return bool(gone)


def grounds_of(space: Space) -> list[str]:
    """The grounds that count in a space: what people say of themselves opens no closed one."""
    return list(Rule.Ground.values) if space.is_open else [Rule.Ground.UNIT]


def settle_openness(held: Space, openness: str) -> None:
    """The space that is held becomes more or less open: rules that were made for all end.

    Whoever belongs stays, also without a rule. Inside the deed that changes it.
    """
    if held.is_open and openness != Space.Openness.OPEN:
        Rule.objects.filter(space=held).delete()
        by_rule = Membership.objects.filter(space=held, origin=Membership.Origin.RULE)
        by_rule.update(origin=Membership.Origin.HAND)


@contextmanager
def _alone_with(space: Space) -> Iterator[Space]:
    with writing():
        alone_with_people()
        with holding(space, "the rule is asked inside") as held:
            yield held


def _settle(held: Space, deed: Deed, by: Person) -> None:
    effect = keep_space(held)
    record(Verb.SPACE_CHANGED, actor=by.pk, space=held.pk)
    if not held.is_open:
        # Done by virtue of the office, see `Standing.rules`.
        note(deed, by=by.pk, space=held.pk, number=effect.joins or effect.leaves or None)
