"""Addresses of people and spaces are written in the same Latin letters."""

import pytest

from hallway.core.latin import latin
from hallway.people.actions.join import handle_from
from hallway.spaces.actions import create_space
from tests.world import World


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Öffentlicher Raum", "oeffentlicher raum"),
        ("O\u0308ffentlich", "oeffentlich"),
        ("Straße", "strasse"),
        ("Ærø", "aeroe"),
        ("Ålesund", "aalesund"),
        ("Łódź", "lodz"),
        ("Éva", "eva"),
        ("東京 Tokyo", " tokyo"),
    ],
)
def test_letters_get_their_usual_spelling(text: str, written: str) -> None:
    assert latin(text) == written


@pytest.mark.django_db
def test_a_space_and_a_person_of_one_name_have_one_address(world: World) -> None:
    space = create_space("Öffentlicher Raum", by=world.ben)
    assert space.slug == "oeffentlicher-raum" == handle_from("Öffentlicher Raum")


@pytest.mark.django_db
def test_a_name_without_latin_letters_still_has_an_address(world: World) -> None:
    assert create_space("東京", by=world.ben).slug == "space"
