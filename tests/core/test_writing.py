"""Write transactions: what is asked first is asked once, inside, and prevents the deed."""

import pytest
from django.db import connection

from hallway.core.writing import AccessEnded, asking_first, writing
from hallway.people.actions import add_person
from hallway.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_question_is_asked_inside_each_transaction_once() -> None:
    asked: list[bool] = []
    with asking_first(lambda: asked.append(connection.in_atomic_block)):
        for number in range(2):
            with writing(), writing():
                add_person(f"p{number}@company.example", "Pia")
    with writing():
        add_person("alone@company.example", "Pia")
    assert asked == [True, True]
    assert Person.objects.count() == 3


def test_what_the_question_raises_prevents_the_deed_and_the_next_is_asked_again() -> None:
    def refuse() -> None:
        raise AccessEnded

    with asking_first(refuse):
        for number in range(2):
            with pytest.raises(AccessEnded), writing():
                add_person(f"p{number}@company.example", "Pia")
    assert not Person.objects.exists()
    assert not connection.in_atomic_block


def test_a_question_within_another_holds_until_its_end() -> None:
    asked: list[str] = []
    with asking_first(lambda: asked.append("outer")):
        with asking_first(lambda: asked.append("inner")), writing():
            pass
        with writing():
            pass
    assert asked == ["inner", "outer"]
