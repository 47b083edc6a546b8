"""The search index of names; kept by the deeds that change a name, in the same transaction."""

from collections.abc import Iterable, Sequence

from django.db.models import F

from hallway.core.collation import fold
from hallway.people.models import NameSlip, NameWord, Person

MAX_WORD = 40
MAX_WORDS = 24
SHORTEST_KEY = 3
"""Letters of the shortest key a slip is looked up by."""

# Scripts written without spaces; each end of such a word is a beginning people may type.
_WITHOUT_SPACES = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7a3"))
_HANDLE_OF_NO_NAME = "person"


def index_name(person: Person) -> None:
    """Make the name of `person` findable as it is spelled now."""
    key = sort_name_of(person.name)
    if key != person.sort_name:
        person.sort_name = key
        Person.objects.filter(pk=person.pk).update(sort_name=key)
    index_names([person])


def index_names(people: Sequence[Person], *, known: set[str] | None = None) -> None:
    """Make many names findable; their `sort_name` must be right and saved already.

    `known` may carry words from call to call that are sure to be in the table of slips, so that
    an import need not ask for them again; it is added to.
    """
    ids = [person.pk for person in people]
    rows = [row for person in people for row in _rows(person)]
    words = {row.word for row in rows}
    old = set(NameWord.objects.filter(person_id__in=ids).values_list("word", flat=True))
    if old:
        NameWord.objects.filter(person_id__in=ids).delete()
    NameWord.objects.bulk_create(rows)
    _learn(words, set() if known is None else known)
    _forget(old - words)


def forget_name(person: Person) -> None:
    """Make `person` findable by no name."""
    rows = NameWord.objects.filter(person=person)
    words = set(rows.values_list("word", flat=True))
    rows.delete()
    _forget(words)


def sort_name_of(name: str) -> str:
    """The key by which people are put in order."""
    return fold(name)[:160]


def words_of(name: str, handle: str = "") -> list[str]:
    """The folded words by which somebody is found, in order, at most `MAX_WORDS`."""
    words = fold(name).split()
    made = fold(handle).split()
    if made and made[0] != _HANDLE_OF_NO_NAME:
        words += [word for word in made if not word.isdigit()]
    found = {ending[:MAX_WORD] for word in words for ending in _endings(word)}
    return sorted(found)[:MAX_WORDS]


def slips_of(word: str) -> set[str]:
    """The word, and the word without one of its letters; nothing shorter than three letters."""
    keys = {word} | {word[:at] + word[at + 1 :] for at in range(len(word))}
    return {key for key in keys if len(key) >= SHORTEST_KEY}


def _rows(person: Person) -> Iterable[NameWord]:
    before = ""
    for word in words_of(person.name, person.handle):
        yield NameWord(
            person_id=person.pk,
            word=word,
            sort_name=person.sort_name,
            shared=_in_common(before, word),
        )
        before = word


def _endings(word: str) -> Iterable[str]:
    yield word
    if any(first <= sign <= last for first, last in _WITHOUT_SPACES for sign in word[:1]):
        yield from (word[at:] for at in range(1, min(len(word), 8)))


def _in_common(a: str, b: str) -> int:
    count = 0
    for one, other in zip(a, b, strict=False):
        if one != other:
            break
        count += 1
    return count


def _learn(words: set[str], known: set[str]) -> None:
    new = words - known
    # A word is in the table if it is there under itself; the other keys came with it.
    new -= set(NameSlip.objects.filter(key__in=new, word=F("key")).values_list("word", flat=True))
    NameSlip.objects.bulk_create(
        [NameSlip(key=key, word=word) for word in new for key in slips_of(word)],
        ignore_conflicts=True,
    )
    known |= words


def _forget(words: set[str]) -> None:
    """Take words that nobody bears any more out of the table of slips."""
    if not words:
        return
    words -= set(NameWord.objects.filter(word__in=words).values_list("word", flat=True))
    keys = {key for word in words for key in slips_of(word)}
    NameSlip.objects.filter(key__in=keys, word__in=words).delete()
