"""Bringing a company from a table: what is good is kept, what is bad is named, twice is once."""

import io
from pathlib import Path

import pytest
from django.db import connection

from hallway.core.csvfile import CsvRefused
from hallway.journal.models import Record
from hallway.journal.verbs import Verb
from hallway.people.actions import add_person, change_profile
from hallway.people.importing import Report, import_follows, import_people
from hallway.people.models import Follow, NameWord, OrgUnit, Person, PersonSkill
from hallway.people.queries import search

pytestmark = pytest.mark.django_db

ORGANISATION = Path(__file__).parents[3] / "shared" / "data" / "organisation"


def bring(text: str, encoding: str = "utf-8", **how: bool) -> Report:
    return import_people(io.BytesIO(text.encode(encoding)), **how)


def follow(text: str, **how: bool) -> Report:
    return import_follows(io.BytesIO(text.encode()), **how)


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.new, report.changed, report.unchanged, len(report.bad)


def sentences(report: Report) -> list[str]:
    return [str(bad.sentence) for bad in report.bad]


FULL = """email,name,handle,title,unit,location,language,languages,manager,skills,kind
boss@x.example,Amara Osei,boss,Chief,Northwind,Accra,en,,,,employee
ada@x.example,Ada Lund,,Handler,Northwind / Claims,Oslo,fr,,ben@x.example,Diving;SQL,
ben@x.example,Ben Okafor,,Head,Northwind / Claims,Accra,de,"de, en",boss@x.example,,
gus@x.example,Gus Brandt,,,,,,,,,guest
"""


def test_a_full_table_becomes_a_company() -> None:
    assert counts(bring(FULL)) == (4, 0, 0, 0)
    people = {person.handle: person for person in Person.objects.select_related("unit__parent")}
    assert set(people) == {"boss", "ada-lund", "ben-okafor", "gus-brandt"}
    ada = people["ada-lund"]
    assert (ada.title, ada.location, ada.unit_name) == ("Handler", "Oslo", "Claims")
    assert ada.unit is not None
    assert ada.unit.parent == people["boss"].unit
    assert (ada.manager, people["ben-okafor"].manager) == (people["ben-okafor"], people["boss"])
    assert (ada.language, ada.languages) == ("en", "fr")
    assert (people["ben-okafor"].language, people["ben-okafor"].languages) == ("de", "de, en")
    assert people["gus-brandt"].is_guest
    assert sorted(PersonSkill.objects.values_list("name", flat=True)) == ["Diving", "SQL"]
    assert not ada.has_usable_password()
    assert [person.name for person in search(people["boss"], "lund ada", 5)] == ["Ada Lund"]
    joined = Record.objects.filter(verb=Verb.PERSON_JOINED).values_list("person_id", flat=True)
    assert sorted(joined) == sorted(person.pk for person in people.values())


def test_the_second_time_nothing_changes() -> None:
    bring(FULL)
    deeds, words = Record.objects.count(), NameWord.objects.count()
    assert counts(bring(FULL)) == (0, 0, 4, 0)
    assert (Record.objects.count(), NameWord.objects.count()) == (deeds, words)


def test_what_changed_in_the_table_changes() -> None:
    bring(FULL)
    again = FULL.replace("Ada Lund", "Ada Sørensen").replace("Handler", "Lead").replace("SQL", "Go")
    again = again.replace(",boss@x.example,,", ",ada@x.example,,").replace(
        "ben@x.example,Div", ",Div"
    )
    assert counts(bring(again)) == (0, 2, 2, 0)
    ada = Person.objects.get(email="ada@x.example")
    assert (ada.name, ada.title, ada.card_version) == ("Ada Sørensen", "Lead", 2)
    assert {skill.name for skill in ada.skills.all()} == {"Diving", "Go"}
    assert [person.pk for person in search(ada, "sorensen", 5)] == [ada.pk]
    assert Person.objects.get(email="ben@x.example").manager == ada
    assert OrgUnit.objects.count() == 2


def test_what_people_wrote_themselves_survives_empty_cells() -> None:
    bring(FULL)
    ben = Person.objects.get(email="ben@x.example")
    change_profile(ben, by=ben, about="Mine", skills=["Sailing"], language="en", location="Lagos")
    bring(FULL.replace("Head,Northwind / Claims,Accra,", "Head,,,"))
    ben.refresh_from_db()
    assert (ben.about, ben.location, ben.unit_name, ben.language) == (
        "Mine",
        "Lagos",
        "Claims",
        "en",
    )
    assert [skill.name for skill in ben.skills.all()] == ["Sailing"]


BAD = """email,name,handle,language,manager,kind
ok@x.example,Olga Keller,,,,
nonsense,Nobody,,,,
,Nobody,,,,
noname@x.example, ,,,,
ok@x.example,Olga Twice,,,,
h@x.example,Hans,NOT A HANDLE,,,
me@x.example,Mia,me,,,
l@x.example,Lea,,english please,,
k@x.example,Kim,,,,robot
lost@x.example,Lou,,,nobody@x.example,
self@x.example,Sue,,,self@x.example,
short@x.example
late@x.example,Late Riser,,,ok@x.example,
"""


def test_each_bad_line_is_named_and_the_good_ones_are_kept() -> None:
    report = bring(BAD)
    assert [bad.line for bad in report.bad] == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]
    for sentence, says in zip(
        sentences(report),
        ["not an e-mail", "e-mail address is missing", "name is missing", "on line 2 already",
         "cannot be a handle", "cannot be a handle", "language code", "employee or guest",
         "nobody@x.example is not known", "own manager", "cells"],
        strict=True,
    ):  # fmt: skip
        assert says in sentence
        assert sentence.startswith("Line ")
    kept = set(Person.objects.values_list("email", flat=True))
    assert kept == {f"{who}@x.example" for who in ("ok", "lost", "self", "late")}
    assert Person.objects.get(email="late@x.example").manager is not None
    assert Person.objects.get(email="ok@x.example").name == "Olga Keller"


def test_strictness_keeps_nothing_if_a_line_is_bad() -> None:
    report = bring(BAD, strict=True)
    assert report.refused
    assert len(report.bad) == 11
    assert not Person.objects.exists()
    assert not Record.objects.exists()
    assert counts(bring(FULL, strict=True)) == (4, 0, 0, 0)
    assert Person.objects.count() == 4


@pytest.mark.parametrize("text", [FULL, BAD])
def test_a_dry_run_writes_nothing_and_tells_what_would_be(text: str) -> None:
    told = bring(text, dry_run=True)
    for model in (Person, OrgUnit, Record, NameWord, PersonSkill):
        assert not model._base_manager.exists()
    done = bring(text)
    assert counts(told) == counts(done)
    assert told.new_units == done.new_units
    assert sentences(told) == sentences(done)


def test_a_manager_whose_own_line_is_bad_is_not_known() -> None:
    table = "email,name,manager,kind\na@x.example,A B,b@x.example,\nb@x.example,Bo,,robot\n"
    for dry_run in (True, False):
        report = bring(table, dry_run=dry_run)
        assert [bad.line for bad in report.bad] == [2, 3]


def test_an_import_turns_no_guest_into_an_employee() -> None:
    bring(FULL)
    report = bring("email,name,kind\ngus@x.example,Gus Brandt,employee\n")
    assert "cannot turn" in sentences(report)[0]
    assert Person.objects.get(email="gus@x.example").is_guest


def test_a_handle_somebody_has_is_refused_and_never_taken_away() -> None:
    bring(FULL)
    report = bring("email,name,handle\nnew@x.example,New One,boss\nada@x.example,Ada Lund,boss\n")
    assert counts(report) == (0, 0, 0, 2)
    assert Person.objects.get(handle="boss").name == "Amara Osei"
    assert counts(bring("email,name,handle\nada@x.example,Ada Lund,ada.lund\n")) == (0, 1, 0, 0)
    assert Person.objects.get(handle="ada.lund").email == "ada@x.example"


def test_people_of_the_same_name_get_handles_of_their_own() -> None:
    add_person("first@x.example", "Anna Müller")
    lines = "".join(f"a{n}@x.example,Anna Müller\n" for n in range(300))
    assert counts(bring(f"email,name\n{lines}x@x.example,Иван\ny@x.example,Ольга\n")) == (
        302,
        0,
        0,
        0,
    )
    handles = set(Person.objects.values_list("handle", flat=True))
    assert {"anna-mueller", "anna-mueller-2", "anna-mueller-301", "person", "person-2"} <= handles
    assert len(handles) == 303


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_what_spreadsheets_save_is_read(encoding: str) -> None:
    table = "E-Mail;Name;Department\r\nj@x.example;Jürgen Größe;Schäden\r\n"
    assert counts(bring(table, encoding)) == (1, 0, 0, 0)
    person = Person.objects.select_related("unit").get()
    assert (person.name, person.unit_name) == ("Jürgen Größe", "Schäden")


def test_addresses_are_the_same_in_any_case() -> None:
    bring("email,name\nAda@X.example,Ada Lund\n")
    report = bring("email,name\naDA@x.EXAMPLE,Ada Lund\n")
    assert counts(report) == (0, 0, 1, 0)


@pytest.mark.parametrize("text", ["", "name\nAda\n", "\x00\x01\x02", "email,email,name\na,b,c\n"])
def test_no_table_is_said_at_once(text: str) -> None:
    with pytest.raises(CsvRefused):
        bring(text)


def test_the_number_of_queries_grows_with_batches_not_with_people(
    django_assert_max_num_queries: object,
) -> None:
    lines = "".join(f"a{n}@x.example,Anna Nummer{n},Unit,SQL\n" for n in range(250))
    with django_assert_max_num_queries(60):  # type: ignore[operator]
        bring(f"email,name,unit,skills\n{lines}")


def test_follows_are_made_once_and_strangers_are_named() -> None:
    bring(FULL)
    Person.objects.filter(email="gus@x.example").update(is_active=False)
    table = (
        "follower,followed\nada@x.example,ben@x.example\nADA@x.example,boss@x.example\n"
        "ada@x.example,ben@x.example\nada@x.example,ada@x.example\nwho@x.example,ada@x.example\n"
        "ada@x.example,gus@x.example\n"
    )
    told = follow(table, dry_run=True)
    assert not Follow.objects.exists()
    report = follow(table)
    assert counts(report) == counts(told) == (2, 0, 1, 3)
    for sentence, says in zip(
        sentences(report),
        ["Line 5: nobody follows", "who@x.example", "no longer here"],
        strict=True,
    ):
        assert says in sentence
    assert Follow.objects.count() == 2
    assert counts(follow(table)) == (0, 0, 3, 3)
    assert not report.refused
    assert Record.objects.filter(verb=Verb.PERSON_FOLLOWED, actor_id=None).count() == 2


def test_strictness_keeps_no_follows_if_a_line_is_bad() -> None:
    bring(FULL)
    good = "follower,followed\nada@x.example,ben@x.example\n"
    told = follow(f"{good}who@x.example,ada@x.example\n", strict=True)
    assert told.refused
    assert counts(told) == (1, 0, 0, 1)
    assert not Follow.objects.exists()
    done = follow(good, strict=True)
    assert not done.refused
    assert counts(done) == (1, 0, 0, 0)
    assert Follow.objects.count() == 1


@pytest.mark.slow
@pytest.mark.skipif(not ORGANISATION.is_dir(), reason="the real organisation is not beside us")
def test_a_real_organisation_comes_whole_and_only_once() -> None:
    for expected in ((1005, 0, 0, 0), (0, 0, 1005, 0)):
        with (ORGANISATION / "people.csv").open("rb") as file:
            assert counts(import_people(file)) == expected
    for expected in ((24929, 0, 0, 0), (0, 0, 24929, 0)):
        with (ORGANISATION / "follows.csv").open("rb") as file:
            assert counts(import_follows(file)) == expected
    assert (Person.objects.count(), OrgUnit.objects.count()) == (1005, 42)
    assert Follow.objects.count() == 24_929
    viewer = Person.objects.get(email="p0000@institute.example")
    assert viewer.followers.count() <= 211
    assert [person.name for person in search(viewer, "μιχαλαρου", 3)] == ["Νίκων Μιχαλάρου"]
    assert "Teodor Ševčík" in [person.name for person in search(viewer, "sevcik", 9)]
    assert "Niels Löwer" in [person.name for person in search(viewer, "niels loewer", 9)]
    assert connection.in_atomic_block  # the test's own, so nothing was left open by a batch
