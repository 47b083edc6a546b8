"""Finding people by what somebody typed: whole words first, then beginnings, then slips."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from hallway.core.collation import fold
from hallway.core.text import clean_line
from hallway.people.models import NameSlip, NameWord, Person
from hallway.people.models.spelling import LAST
from hallway.people.naming import MAX_WORD, slips_of

MAX_TYPED = 100
MAX_WORDS = 5
FEW = 500
"""Up to so many people are named one by one in the query instead of by their rule."""

MANY = 3_000
"""How far the bearers of a word are counted when the rarest word of a search is chosen."""

SHORTEST_WITH_SLIP = 4
MOST_LIKE = 200

BEGINNINGS = 0
SLIPS = 1


class Place(NamedTuple):
    """Where somebody stands among what was found; the next page begins behind it."""

    tier: int
    word: str
    sort_name: str
    person: int


class Found(NamedTuple):
    """Somebody who was found."""

    place: Place
    person: Person


def typed_words(text: str) -> list[str]:
    """The folded words of what somebody typed, at most five."""
    return [word[:MAX_WORD] for word in fold(clean_line(text[:MAX_TYPED])).split()[:MAX_WORDS]]


def find(
    among: QuerySet[Person], text: str, *, limit: int, after: Place | None = None
) -> list[Found]:
    """The first `limit` of `among` behind `after` whose names hold all words of `text`.

    Everything `among` excludes is excluded inside the query. The rarest word leads: those who
    are called exactly so come first, then those whose names begin so, then those one slip
    (a letter too many, missing, wrong or swapped) away. Each person comes once, with its unit.
    The number of queries does not depend on how many are found.
    """
    words = sorted(set(typed_words(text)), key=lambda word: (-len(word), word))
    if not words or limit < 1:
        return []
    rule = _rule_of(among)
    found: list[Found] = []
    if after is None or after.tier == BEGINNINGS:
        found = _page(_beginning(words), rule, BEGINNINGS, after, limit)
        after = None
    if len(found) < limit:
        found += _page(_slipped(words), rule, SLIPS, after, limit - len(found))
    return found


def one_slip_apart(a: str, b: str) -> bool:
    """Whether one letter too many, missing, wrong or swapped makes `a` from `b`; not if equal."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
    if at is None:
        return True
    rest_a, rest_b = a[at:], b[at:]
    return (
        rest_a[1:] == rest_b[1:]
        or rest_a[1:] == rest_b
        or rest_a == rest_b[1:]
        or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])
    )


def _rule_of(among: QuerySet[Person]) -> Q:
    # A rule is asked for each row; of a small circle the members are known at once, and a page
    # of them is found without looking at everybody else who is called so.
    few = list(among.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        return Q(person_id__in=few)
    return Q(Exists(among.order_by().filter(pk=OuterRef("person_id"))))


def _page(
    rows: QuerySet[NameWord] | None, rule: Q, tier: int, after: Place | None, limit: int
) -> list[Found]:
    if rows is None:
        return []
    if after is not None:
        same_word = Q(word=after.word)
        rows = rows.filter(word__gte=after.word).filter(
            Q(word__gt=after.word)
            | same_word & Q(sort_name__gt=after.sort_name)
            | same_word & Q(sort_name=after.sort_name, person_id__gt=after.person)
        )
    rows = rows.filter(rule).select_related("person__unit")
    return [
        Found(Place(tier, row.word, row.sort_name, row.person_id), row.person)
        for row in rows.order_by("word", "sort_name", "person_id")[:limit]
    ]


def _beginning(words: Sequence[str]) -> QuerySet[NameWord]:
    lead, *others = _rarest_first({word: _begins(word) for word in words})
    # Whoever is called exactly so has this as the first of their words that begin so.
    rows = NameWord.objects.filter(_begins(lead), shared__lt=len(lead))
    for word in others:
        rows = rows.filter(_bears(_begins(word)))
    return rows


def _slipped(words: Sequence[str]) -> QuerySet[NameWord] | None:
    like = _words_like(words)
    if not any(like.values()):
        return None
    rules = {word: _begins(word) | Q(word__in=like[word]) for word in words}
    if len(words) == 1:
        rules = {word: Q(word__in=like[word]) for word in words}
    lead, *others = _rarest_first(rules)
    rows = NameWord.objects.filter(rules[lead])
    for word in others:
        rows = rows.filter(_bears(rules[word]))
    found_already = Q()
    for word in words:
        found_already &= Q(_bears(_begins(word)))
    once = ~_bears(rules[lead] & Q(word__lt=OuterRef("word")))
    return rows.exclude(found_already).filter(once)


def _rarest_first(rules: Mapping[str, Q]) -> list[str]:
    """The words with those first whose rule fits the fewest rows; with one there is no choice."""
    if len(rules) == 1:
        return list(rules)
    counts = {word: NameWord.objects.filter(rule)[:MANY].count() for word, rule in rules.items()}
    return sorted(rules, key=lambda word: counts[word])


def _begins(word: str) -> Q:
    return Q(word__gte=word, word__lt=word + LAST)


def _bears(rule: Q) -> Exists:
    """Whether the person of the row also has a word that fits `rule`."""
    return Exists(NameWord.objects.filter(rule, person_id=OuterRef("person_id")))


def _words_like(words: Sequence[str]) -> dict[str, list[str]]:
    """For each word those somebody bears that are one slip away and do not begin with it."""
    keys = {word: slips_of(word) for word in words if len(word) >= SHORTEST_WITH_SLIP}
    like: dict[str, list[str]] = {word: [] for word in words}
    if not keys:
        return like
    rows = NameSlip.objects.filter(key__in=set().union(*keys.values()))
    candidates = set(rows.values_list("word", flat=True))
    for word in keys:
        like[word] = sorted(
            other
            for other in candidates
            if not other.startswith(word) and one_slip_apart(word, other)
        )[:MOST_LIKE]
    return like
