"""The org chart: managers above, reports below, harmless whatever was imported."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from hallway.core.qr import qr_of
from hallway.people.actions import add_person
from hallway.people.chart import HIGHEST, UNDER, line_above, works_with
from hallway.people.models import Person
from tests.world import World


def manage(**managers: str) -> None:
    """Who reports to whom, by handle, as an import writes it."""
    for who, manager in managers.items():
        Person.objects.filter(handle=who).update(manager=Person.objects.get(handle=manager))


def handles(people: object) -> list[str]:
    return [each.handle for each in people]  # type: ignore[attr-defined]


def crowd(count: int, manager: Person, prefix: str = "r") -> list[Person]:
    return [
        add_person(f"{prefix}{n}@company.example", f"Report {n:03}", handle=f"{prefix}{n}",
                   manager=manager)
        for n in range(count)
    ]  # fmt: skip


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_profile_shows_whom_somebody_works_with(world: World) -> None:
    manage(ada="ben", ben="rita", cleo="ben", gus="ada")
    page = text_of(world.browser(world.rita).get(world.ada.url).content.decode())
    card = page.partition("Works with")[2]
    assert card.index("Ben Okafor") < card.index("Head of claims") < card.index("Rita Sommer")
    assert "1 direct report" in card and "Gus Brandt" in card
    assert "1 colleague with the same manager" in card and "Cleo Marchetti" in card
    assert "Works with" not in world.browser(world.rita).get(world.dora.url).content.decode()


def test_the_chart_goes_from_the_top_down_to_the_reports_of_reports(world: World) -> None:
    manage(ada="ben", ben="rita", cleo="ada", gus="cleo", dora="ada")
    html = world.browser(world.rita).get("/people/ada/team").content.decode()
    chart = text_of(html.partition('aria-label="Org chart"')[2].partition("</section>")[0])
    places = [chart.index(name) for name in ("Rita", "Ben", "Ada", "Cleo", "Gus")]
    assert places == sorted(places)
    assert "1 person reports to them directly." in html
    assert "Dora" not in chart
    assert html.count("<ul") == html.count("</ul>") and html.count("<li>") == html.count("</li>")
    assert 'href="/people/ada" aria-current="true"' in html


def test_many_reports_come_page_by_page(world: World) -> None:
    team = crowd(40, world.ben)
    crowd(UNDER + 2, team[0], "s")
    browser = world.browser(world.rita)
    first = browser.get("/people/ben/team")
    assert "40 people report to them directly." in first.content.decode()
    branches = first.context["team"].branches
    assert (branches[0].reports, len(branches[0].first)) == (UNDER + 2, UNDER)
    second = browser.get("/people/ben/team" + first.context["older_url"])
    shown = handles(branch.person for response in (first, second)
                    for branch in response.context["team"].branches)  # fmt: skip
    assert shown == handles(team)
    assert second.context["older_url"] == ""


@pytest.mark.parametrize(
    "managers",
    [
        {"ada": "ada"},
        {"ada": "ben", "ben": "ada"},
        {"ada": "ben", "ben": "cleo", "cleo": "rita", "rita": "ben"},
    ],
)
def test_circles_in_imported_data_end(world: World, managers: dict[str, str]) -> None:
    manage(**managers)
    for who in world.people:
        for address in (f"/people/{who}", f"/people/{who}/team"):
            assert world.browser(world.rita).get(address).status_code == 200
    ada = Person.objects.get(handle="ada")
    above = handles(line_above(world.rita, ada))
    assert len(above) == len(set(above)) and "ada" not in above
    assert "ada" not in handles([*works_with(world.rita, ada).reports,
                                 *works_with(world.rita, ada).peers])  # fmt: skip


def test_a_line_longer_than_any_company_is_cut(world: World) -> None:
    boss = world.ben
    for number in range(HIGHEST + 5):
        boss = add_person(f"l{number}@company.example", f"Level {number}", handle=f"l{number}",
                          manager=boss)  # fmt: skip
    above = handles(line_above(world.rita, boss))
    assert above == [f"l{number}" for number in range(HIGHEST + 3, 3, -1)]
    assert world.browser(world.rita).get(f"{boss.url}/team").status_code == 200


def test_a_manager_who_left_is_marked_and_one_who_is_unknown_is_no_matter(world: World) -> None:
    manage(ada="dora", dora="rita")
    card = text_of(world.browser(world.rita).get("/people/ada/team").content.decode())
    assert card.index("Rita") < card.index("Dora Vogel No longer here") < card.index("Ada Lund C")
    Person.objects.filter(manager=world.dora).update(manager=None)
    assert works_with(world.cleo, Person.objects.get(handle="ada")).above == []


def test_a_guest_sees_the_line_up_to_the_first_whom_they_may_not_see(world: World) -> None:
    # Ben and Ada share a space with Gus. Cleo and Rita do not, and Ben stands above Cleo again.
    manage(ada="cleo", cleo="ben", ben="rita", rita="ada")
    manage(gus="rita")
    browser = world.browser(world.gus)
    for address in ("/people/ada", "/people/ada/team", "/people/ben", "/people/ben/team",
                    "/people/gus", "/people/gus/team"):  # fmt: skip
        page = browser.get(address).content.decode()
        assert "Cleo" not in page and "Rita" not in page, address
    assert line_above(world.gus, Person.objects.get(handle="ada")) == []
    assert browser.get("/people/cleo/team").status_code == 404
    seen = works_with(world.gus, Person.objects.get(handle="ben"))
    assert (seen.reports_in_all, seen.peers_in_all) == (0, 0)
    employee = works_with(world.cleo, Person.objects.get(handle="ben"))
    assert (handles(employee.above), handles(employee.reports)) == (
        ["rita", "ada", "cleo"],
        ["cleo"],
    )


@pytest.mark.parametrize("address", ["/people/ben", "/people/ben/team", "/people/ada/team"])
def test_forty_reports_and_ten_levels_take_the_queries_of_one(world: World, address: str) -> None:
    manage(ada="ben", ben="rita", cleo="ada")
    browser = world.browser(world.rita)

    def queries() -> int:
        browser.get(address)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(address).status_code == 200
        return len(captured)

    few = queries()
    top = world.rita
    for number in range(8):
        above = add_person(f"a{number}@company.example", f"Above {number}", handle=f"a{number}")
        Person.objects.filter(pk=top.pk).update(manager=above)
        top = above
    for number, report in enumerate([*crowd(40, world.ben), *crowd(40, world.ada, "s")]):
        crowd(2, report, f"t{number}-")
    assert queries() == few


def test_the_chart_is_for_those_who_may_see_the_person(world: World) -> None:
    assert world.browser(world.rita).get("/people/nobody/team").status_code == 404
    Person.objects.update(manager=F("pk"))
    assert (
        "Nobody reports to them"
        in world.browser(world.rita).get("/people/ben/team").content.decode()
    )


def test_my_own_code_leads_to_my_profile_and_is_offered_to_nobody_else(world: World) -> None:
    browser = world.browser(world.ada)
    code = browser.get("/people/me/qr")
    assert code.headers["Content-Type"] == "image/svg+xml"
    assert code.content.startswith(b"<svg")
    assert code.content == qr_of(f"{settings.BASE_URL}/people/ada").content
    assert code.content != world.browser(world.ben).get("/people/me/qr").content
    assert "/people/me/qr" in browser.get(world.ada.url).content.decode()
    assert "/people/me/qr" not in browser.get(world.ben.url).content.decode()
