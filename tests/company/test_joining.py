"""Who reads mail at an address of the company's domains joins uninvited, where that is wanted."""

import re

import pytest
from django.test import Client

from hallway.accounts.actions.join import ask_join
from hallway.accounts.actions.refusal import Refused
from hallway.accounts.models import JoinLink
from hallway.audit.models import Row
from hallway.company.present import company
from hallway.outbox.models import Outgoing
from hallway.people.actions import add_person
from hallway.people.models import Person
from tests.accounts.post import delivered
from tests.company.test_settings import form, settle
from tests.world import PASSWORD, World

pytestmark = pytest.mark.django_db(transaction=True)
ME = {"name": "Zoë New", "password": PASSWORD, "again": PASSWORD}


def opened(world: World) -> None:
    """Rita lets in everybody of two domains."""
    settle(world, joining="domains", domains="@Company.example, daughter.example")
    assert company().domains == ["company.example", "daughter.example"]


def asked(address: str) -> str:
    """Ask to join, and return the path of the link in the last mail."""
    answer = Client().post("/accounts/join", {"email": address})
    assert answer["Location"] == "/accounts/join/asked"
    path = re.search(r"/accounts/\S+", delivered()[-1].body)
    assert path
    return path[0]


def test_until_it_is_wanted_there_is_no_such_page(world: World) -> None:
    for path in ("/accounts/join", "/accounts/join/asked"):
        assert Client().get(path).status_code == 404
    assert Client().post("/accounts/join", {"email": "zoe@company.example"}).status_code == 404
    assert "/accounts/join" not in Client().get("/accounts/login/").content.decode()


def test_zoe_joins_by_the_link_in_her_mail_once(world: World) -> None:
    opened(world)
    assert "/accounts/join" in Client().get("/accounts/login/").content.decode()
    path = asked("Zoe@company.example")
    assert not Person.objects.filter(email="zoe@company.example").exists()
    browser = Client()
    page = browser.get(path)
    assert "zoe@company.example" in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert browser.post(path, ME | {"again": "another"}).status_code == 422
    assert browser.post(path, ME)["Location"] == "/welcome"
    zoe = Person.objects.get(email="zoe@company.example")
    assert (zoe.name, zoe.kind, zoe.is_administrator) == ("Zoë New", "employee", False)
    assert browser.get("/").status_code == 200
    assert Client().post(path, ME).status_code == 404
    noted = Row.objects.order_by("pk").values_list("deed", "before", "after")
    assert list(noted) == [
        ("company.joining", "invited", "domains"),
        ("company.domains", "", "company.example, daughter.example"),
    ]


def test_who_is_known_is_told_their_way_in_and_who_asks_is_told_nothing(world: World) -> None:
    opened(world)
    Person.objects.filter(pk=world.ada.pk).update(password="md5$x$y")
    add_person("waiting@company.example", "Waiting")
    assert asked("ada@company.example").startswith("/accounts/password/reset/key/")
    assert asked("waiting@company.example").startswith("/accounts/invitation/")
    # Dora has left.
    answer = Client().post("/accounts/join", {"email": world.dora.email})
    assert answer["Location"] == "/accounts/join/asked"
    before = len(delivered())
    assert len(delivered()) == before
    assert Person.objects.filter(email=world.dora.email).count() == 1


@pytest.mark.parametrize(
    "address",
    ["z@elsewhere.example", "z@sub.company.example", "z@notcompany.example", "company.example"],
)
def test_nobody_else_is_let_in(world: World, address: str) -> None:
    opened(world)
    answer = Client().post("/accounts/join", {"email": address})
    assert answer.status_code == 422
    assert f'value="{address}"' in answer.content.decode()
    assert not JoinLink.objects.exists()
    assert not Outgoing.objects.exists()
    with pytest.raises(Refused):
        ask_join(address, "en")


def test_a_link_opens_nothing_once_the_company_is_closed_again(world: World) -> None:
    opened(world)
    path = asked("zoe@company.example")
    settle(world, joining="invited")
    assert Client().get(path).status_code == 404
    assert Client().post(path, ME).status_code == 404
    assert not Person.objects.filter(email="zoe@company.example").exists()


@pytest.mark.parametrize("domains", ["", "company", "com pany", "-\x00.example", "x" * 300])
def test_domains_are_domains(world: World, domains: str) -> None:
    rita = world.confirmed(world.rita)
    answer = rita.post("/admin/settings", form(joining="domains", domains=domains))
    assert answer.status_code == 422
    assert not company().is_open
