"""Colleagues are found by name, whatever keyboard the searcher has and however they slip."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from hallway.people.actions import add_person, change_profile
from hallway.people.models import NameSlip, NameWord, Person
from hallway.people.naming import index_names
from hallway.people.queries import search
from hallway.people.searching import FEW, find, one_slip_apart

pytestmark = pytest.mark.django_db


@pytest.fixture
def searcher() -> Person:
    return add_person("searcher@company.example", "Zed Qqq")


def bring(*names: str) -> list[Person]:
    start = Person.objects.count()
    return [add_person(f"p{start + n}@company.example", name) for n, name in enumerate(names)]


def found(viewer: Person, words: str, limit: int = 50) -> list[str]:
    return [person.name for person in search(viewer, words, limit)]


@pytest.mark.parametrize(
    "typed", ["mueller", "müller", "muller", "MÜLLER", "Jürgen Mül", "mul jur"]
)
def test_umlauts_are_found_both_ways(searcher: Person, typed: str) -> None:
    bring("Jürgen Müller", "Juergen Mueller", "Jurgen Muller", "Paul Maler")
    assert sorted(found(searcher, typed)) == ["Juergen Mueller", "Jurgen Muller", "Jürgen Müller"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Lukasz", "Łukasz Żak"),
        ("zak", "Łukasz Żak"),
        ("Tomoco", "Tomoko Nakamura"),
        ("Tomkoo Nakamura", "Tomoko Nakamura"),
        ("tomoko nakamra", "Tomoko Nakamura"),
        ("иван", "Иван Петров"),
        ("Петро", "Иван Петров"),
        ("Семен", "Семён Орлов"),
        ("γιωργος", "Γιώργος Παπαδόπουλος"),
        ("ΠΑΠΑΔ", "Γιώργος Παπαδόπουλος"),
        ("田中", "田中花子"),
        ("花子", "田中花子"),
        ("obrien", "Sean O’Brien"),
        ("o'brien", "Sean O’Brien"),
        ("strauss", "Anna-Lena Strauß"),
        ("lena", "Anna-Lena Strauß"),
        ("soeren", "Søren Kjær"),
        ("isik", "Işık Demir"),
        ("@amara", "Amara Osei"),
    ],
)
def test_any_script_and_a_small_slip(searcher: Person, typed: str, name: str) -> None:
    bring("Bernhard Weiss", name, "Clara Vogt")
    assert found(searcher, typed) == [name]


@pytest.mark.parametrize("typed", ["Xanthippus", "qx", "", "   ", "@", "!!!", "\x00", "田", "🦊"])
def test_nobody_is_found_by_what_nobody_is_called(searcher: Person, typed: str) -> None:
    bring("Bernhard Weiss", "Clara Vogt")
    assert found(searcher, typed) == []


def test_exact_comes_before_beginning_before_slip(searcher: Person) -> None:
    bring("Annabel Roth", "Ann Ziegler", "Anno Berg", "Anja Wolf", "Ann Adler")
    assert found(searcher, "ann") == ["Ann Adler", "Ann Ziegler", "Annabel Roth", "Anno Berg"]
    bring("Karlo Fink", "Carlo Fink", "Carlotta Fink")
    assert found(searcher, "carlo") == ["Carlo Fink", "Carlotta Fink", "Karlo Fink"]


def test_each_person_comes_once_though_several_words_fit(searcher: Person) -> None:
    bring("Marta Maria Martens-Marx", "Maria Marx")
    assert sorted(found(searcher, "mar")) == ["Maria Marx", "Marta Maria Martens-Marx"]
    assert sorted(found(searcher, "mraia")) == ["Maria Marx", "Marta Maria Martens-Marx"]


def test_every_word_must_fit(searcher: Person) -> None:
    bring("Anna Wolf", "Anna Fuchs", "Berta Wolf")
    assert found(searcher, "wolf anna") == ["Anna Wolf"]
    assert found(searcher, "anna hirsch") == []


def test_a_new_name_is_found_and_the_old_one_no_longer(searcher: Person) -> None:
    (person,) = bring("Petra Wuttke")
    change_profile(person, by=person, name="Petra Sonnenschein", handle="petra-s")
    assert found(searcher, "sonnen") == ["Petra Sonnenschein"]
    assert found(searcher, "wuttke") == found(searcher, "wutke") == []
    assert not NameSlip.objects.filter(word="wuttke").exists()
    assert NameSlip.objects.filter(word="petra").exists()


def test_who_is_deleted_leaves_the_index(searcher: Person) -> None:
    (person,) = bring("Petra Wuttke")
    person.delete()
    assert not NameWord.objects.filter(word="wuttke").exists()
    assert found(searcher, "wuttke") == []


def test_who_left_the_company_is_not_offered(searcher: Person) -> None:
    (person,) = bring("Petra Wuttke")
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert found(searcher, "wuttke") == []


def test_pages_hold_everybody_once_and_in_order(searcher: Person) -> None:
    bring(*(f"Ma{chr(97 + n % 7)}{chr(97 + n % 11)} Marx" for n in range(40)))
    bring("Narx Marek", "Mrax Xaver", "Harx Udo")
    everybody = Person.objects.filter(is_active=True)
    whole = [each.person.pk for each in find(everybody, "marx", limit=100)]
    assert len(whole) == len(set(whole)) == 43
    paged: list[int] = []
    place = None
    while page := find(everybody, "marx", limit=7, after=place):
        paged += [each.person.pk for each in page]
        place = page[-1].place
    assert paged == whole


def test_the_number_of_queries_does_not_grow(searcher: Person) -> None:
    def queries(words: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            search(searcher, words, 31)
        return len(captured)

    bring("Amara Osei")
    before = {words: queries(words) for words in ("amara", "ama", "amara os", "amora")}
    bring(*("Amara Osei" for _ in range(29)))
    assert {words: queries(words) for words in before} == before
    assert len(search(searcher, "amara", 30)) == 30


letters = st.text("abc", min_size=1, max_size=6)


@given(letters, letters)
def test_one_slip_is_what_it_says(a: str, b: str) -> None:
    def slips(word: str) -> set[str]:
        gaps = range(len(word) + 1)
        return (
            {word[:i] + word[i + 1 :] for i in gaps}
            | {word[:i] + c + word[i:] for i in gaps for c in "abc"}
            | {word[:i] + c + word[i + 1 :] for i in gaps for c in "abc"}
            | {word[:i] + word[i : i + 2][::-1] + word[i + 2 :] for i in gaps}
        )

    assert one_slip_apart(a, b) == (a != b and b in slips(a))


@given(st.text(max_size=40))
def test_whatever_is_typed_is_answered(searcher: Person, typed: str) -> None:
    assert isinstance(search(searcher, typed, 5), list)


def test_a_broad_beginning_is_read_from_the_index(searcher: Person) -> None:
    """One letter fits thousands; only the page may be read."""
    if connection.vendor != "sqlite":
        pytest.skip("reads the plan of SQLite")
    people = [
        Person(email=f"m{n}@company.example", handle=f"m{n}", name=f"M{n}", sort_name=f"m{n}")
        for n in range(FEW + 1)
    ]
    index_names(Person.objects.bulk_create(people))
    with CaptureQueriesContext(connection) as captured:
        assert len(find(Person.objects.filter(is_active=True), "m", limit=30)) == 30
    statement = next(
        q["sql"] for q in captured if "nameword" in q["sql"] and "ORDER BY" in q["sql"]
    )
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN " + statement.replace("%", "%%"))
        plan: list[Any] = [row[-1] for row in cursor.fetchall()]
    assert any("name_word_order" in step for step in plan), plan
    assert not any("TEMP B-TREE" in step for step in plan), plan
