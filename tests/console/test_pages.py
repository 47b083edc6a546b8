"""What administrators see and do on their pages, and that nobody else finds them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hallway.accounts.actions import name_administrator
from hallway.accounts.models import Invitation
from hallway.people.actions import add_person
from hallway.people.models import Person
from tests.doors.routes import routes
from tests.world import World

pytestmark = pytest.mark.django_db


def test_for_all_others_the_pages_are_not_there(world: World) -> None:
    for who in (world.ada, world.gus):
        for route in routes():
            if route.name.startswith("console:"):
                assert world.browser(who).get(route.address()).status_code in (404, 405)
                assert world.browser(who).post(route.address()).status_code in (404, 405)
        assert 'href="/admin/"' not in world.browser(who).get("/").content.decode()
    assert 'href="/admin/"' in world.browser(world.rita).get("/").content.decode()


def test_people_are_found_by_name_address_and_state(world: World) -> None:
    browser = world.browser(world.rita)

    def found(query: str) -> list[str]:
        return [each.handle for each in browser.get(f"/admin/people/{query}").context["people"]]

    assert found("?q=marchet") == ["cleo"]
    assert found("?q=GUS@comp") == ["gus"]
    assert found("?state=deactivated") == ["dora"]
    assert found("?state=administrators") == ["rita"]
    assert found("?state=guests&q=zzz") == []
    for number in range(40):
        add_person(f"n{number}@company.example", f"Number {number:02}")
    first = browser.get("/admin/people/?q=number")
    second = browser.get(f"/admin/people/{first.context['more_url']}")
    names = [each.name for page in (first, second) for each in page.context["people"]]
    assert names == [f"Number {number:02}" for number in range(40)]


def test_several_are_invited_and_bad_lines_stay_in_the_form(world: World) -> None:
    browser = world.browser(world.rita)
    form = {
        "people": "Zoe Lind <zoe@company.example>\nno address",
        "kind": "employee",
        "language": "en",
    }
    answer = browser.post("/admin/people/invite", form)
    assert answer.status_code == 422 and not Invitation.objects.exists()
    assert "Line 2" in answer.content.decode() and "Zoe Lind" in answer.content.decode()
    form["people"] = "Zoe Lind <zoe@company.example>\nAda Lund <ada@company.example>"
    answer = browser.post("/admin/people/invite", form)
    assert [each.address for each in Invitation.objects.all()] == ["zoe@company.example"]
    page = answer.content.decode()
    assert "ada@company.example" in page and "&lt;zoe@company.example" not in page


def test_a_table_is_looked_through_before_it_is_written(world: World) -> None:
    browser = world.confirmed(world.rita)
    table = b"email,name,unit\nzoe@company.example,Zoe,Claims\nnothing,Bad,\n"
    answer = browser.post("/admin/people/import", {"file": SimpleUploadedFile("p.csv", table)})
    assert answer.context["report"].new == 1 and "Line 3" in answer.content.decode()
    assert not Person.objects.filter(email="zoe@company.example").exists()
    token = answer.context["token"]
    name_administrator(world.ben, by=world.rita)
    stolen = world.confirmed(world.ben).post("/admin/people/import/write", {"table": token})
    assert stolen.status_code == 302
    assert not Person.objects.filter(email="zoe@company.example").exists()
    browser.post("/admin/people/import/write", {"table": token})
    assert Person.objects.get(email="zoe@company.example").unit_name == "Claims"
    again = browser.post("/admin/people/import/write", {"table": token}, follow=True)
    assert "no longer kept" in again.content.decode()


def test_the_office_opens_no_secret_space(world: World) -> None:
    browser = world.browser(world.rita)
    page = browser.get("/admin/spaces/").content.decode()
    assert "Closed room" in page and "Secret room" not in page
    assert "There is 1 secret space" in page
    assert browser.get("/spaces/secret-room").status_code == 404
    overview = browser.get("/admin/").content.decode()
    assert "Secret" in overview and "secret-room" not in overview


def test_a_space_without_a_manager_is_shown_and_gets_one(world: World) -> None:
    browser = world.browser(world.rita)
    browser.post("/accounts/people/ada/deactivate")
    browser.post("/accounts/people/ben/deactivate")
    page = browser.get("/admin/spaces/?unmanaged=1").content.decode()
    assert "No manager" in page and "/spaces/closed-room/managers" in page


def test_an_administrator_makes_another_and_unmakes_them(world: World) -> None:
    browser = world.confirmed(world.rita)
    browser.post("/admin/people/of/ben/administrator", {"be": "yes"})
    assert world.browser(world.ben).get("/admin/").status_code == 200
    browser.post("/admin/people/of/ben/administrator", {"be": "no"})
    assert world.browser(world.ben).get("/admin/").status_code == 404
    page = browser.get("/admin/people/of/ben").content.decode()
    assert "Made an administrator" in page and "No longer an administrator" in page
